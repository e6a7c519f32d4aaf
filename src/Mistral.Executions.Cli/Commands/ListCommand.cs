using System.CommandLine;
using Mistral.Executions.Cli.Rendering;
using Spectre.Console;

namespace Mistral.Executions.Cli.Commands;

/// <summary><c>mistral list</c></summary>
internal static class ListCommand
{
    public static Command Create(ToolHost host, SharedOptions shared)
    {
        var kind = new Option<string>("--kind") { Description = "workflow (the default), task or action", HelpName = "KIND", DefaultValueFactory = _ => "workflow" };
        kind.AcceptOnlyFromAmong("workflow", "task", "action");
        var states = new Option<string[]>("--state") { Description = "Only those in this state; can be said several times", HelpName = "STATE", AllowMultipleArgumentsPerToken = false };
        states.AcceptOnlyFromAmong([.. ExecutionStates.All.Select(s => s.ToWireName())]);
        var name = new Option<string?>("--name") { Description = "Only those of this name", HelpName = "NAME" };
        var tag = new Option<string?>("--tag") { Description = "Only those with this tag", HelpName = "TAG" };
        var parent = new Option<string?>("--parent") { Description = "Only those directly below this execution", HelpName = "ID" };
        var all = new Option<bool>("--all") { Description = "Nested workflow executions too" };
        var since = new Option<TimeSpan?>("--since") { Description = "Only those created in this time, such as 12h", HelpName = "TIME", CustomParser = Durations.Read };
        var limit = new Option<int>("--limit") { Description = "How many at the most; 50 when not said", HelpName = "COUNT", DefaultValueFactory = _ => 50 };
        var oldest = new Option<bool>("--oldest-first") { Description = "Oldest first instead of newest first" };
        var command = new Command("list", "Lists executions, the newest first.") { kind, states, name, tag, parent, all, since, limit, oldest };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var inspector = await shared.InspectAsync(parsed, cancellationToken).ConfigureAwait(false);
            await using (inspector.ConfigureAwait(false))
            {
                var most = Math.Clamp(parsed.GetValue(limit), 1, 1_000_000);
                var query = new ExecutionQuery
                {
                    States = [.. (parsed.GetValue(states) ?? []).Select(ExecutionStates.Parse)],
                    Name = parsed.GetValue(name),
                    Tag = parsed.GetValue(tag),
                    ParentId = parsed.GetValue(parent),
                    OnlyRoots = parsed.GetValue(kind) == "workflow" && parsed.GetValue(parent) is null && !parsed.GetValue(all),
                    CreatedFrom = parsed.GetValue(since) is { } time ? host.Time.GetUtcNow() - time : null,
                    NewestFirst = !parsed.GetValue(oldest),
                    PageSize = Math.Min(most, ExecutionQuery.MaximumPageSize),
                };
                var store = inspector.Store;
                var (found, hasMore) = parsed.GetValue(kind) switch
                {
                    "task" => await ReadAsync(store.QueryTasksAsync, query, most, cancellationToken).ConfigureAwait(false),
                    "action" => await ReadAsync(store.QueryActionsAsync, query, most, cancellationToken).ConfigureAwait(false),
                    _ => await ReadAsync(store.QueryWorkflowsAsync, query, most, cancellationToken).ConfigureAwait(false),
                };
                Write(host, found, hasMore, parsed.GetValue(shared.Json));
                return ExitCodes.Done;
            }
        });
        return command;
    }

    private static async Task<(List<IExecution> Found, bool HasMore)> ReadAsync<T>(
        Func<ExecutionQuery, CancellationToken, Task<ExecutionPage<T>>> read, ExecutionQuery query, int most, CancellationToken cancellationToken)
        where T : IExecution
    {
        var found = new List<IExecution>();
        while (true)
        {
            var page = await read(query with { PageSize = Math.Min(most - found.Count, ExecutionQuery.MaximumPageSize) }, cancellationToken).ConfigureAwait(false);
            found.AddRange(page.Items.Cast<IExecution>());
            if (page.Next is null || found.Count == most)
            {
                return (found, page.Next is not null);
            }

            query = query with { After = page.Next };
        }
    }

    private static void Write(ToolHost host, List<IExecution> found, bool hasMore, bool asJson)
    {
        if (asJson)
        {
            host.Output.WriteLine(JsonRecords.List(found.Select(JsonRecords.Of)).ToString());
        }
        else if (found.Count == 0)
        {
            host.Console.MarkupLine("[grey]There is none.[/]");
        }
        else
        {
            host.Console.Write(ExecutionTable.Of(found, host.Time.GetUtcNow()));
            if (hasMore)
            {
                host.Console.MarkupLine($"[grey]The first {found.Count} are shown; --limit shows more.[/]");
            }
        }
    }
}
