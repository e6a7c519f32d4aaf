using System.CommandLine;
using Mistral.Executions.Cli.Rendering;

namespace Mistral.Executions.Cli.Commands;

/// <summary><c>mistral watch</c></summary>
internal static class WatchCommand
{
    public static Command Create(ToolHost host, SharedOptions shared)
    {
        var id = shared.Id("The workflow execution; all that is open when not said");
        id.Arity = ArgumentArity.ZeroOrOne;
        var interval = new Option<TimeSpan?>("--interval") { Description = "How often to look; 1s when not said", HelpName = "TIME", CustomParser = Durations.Read };
        var limit = ShowCommand.Limit();
        var command = new Command("watch", "Shows an execution while it runs, until it ends.") { id, interval, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var inspector = await shared.InspectAsync(parsed, cancellationToken).ConfigureAwait(false);
            await using (inspector.ConfigureAwait(false))
            {
                var view = new LiveView(host, inspector.Store, parsed.GetValue(interval) ?? TimeSpan.FromSeconds(1), parsed.GetValue(limit));
                if (parsed.GetValue(id) is not { } one)
                {
                    await view.FollowAllAsync(cancellationToken).ConfigureAwait(false);
                    return ExitCodes.Done;
                }

                var ended = await view.FollowAsync(one, cancellationToken).ConfigureAwait(false);
                return ended.State == ExecutionState.Success ? ExitCodes.Done : ExitCodes.No;
            }
        });
        return command;
    }
}
