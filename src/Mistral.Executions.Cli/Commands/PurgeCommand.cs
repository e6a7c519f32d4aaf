using System.CommandLine;
using Mistral.Executions.Cli.Rendering;
using Spectre.Console;

namespace Mistral.Executions.Cli.Commands;

/// <summary><c>mistral purge</c></summary>
internal static class PurgeCommand
{
    public static Command Create(ToolHost host, SharedOptions shared)
    {
        var age = new Option<TimeSpan?>("--older-than") { Description = "What ended longer ago, such as 30d", HelpName = "TIME", CustomParser = Durations.Read };
        var failures = new Option<TimeSpan?>("--failures-older-than") { Description = "The same for what failed or was cancelled; the other limits spare it until then", HelpName = "TIME", CustomParser = Durations.Read };
        var keep = new Option<int?>("--keep") { Description = "All but the newest so many", HelpName = "COUNT" };
        var size = new Option<long?>("--max-size") { Description = "The oldest, until the store uses no more than this, such as 2GiB", HelpName = "SIZE", CustomParser = Durations.ReadBytes };
        var archive = new Option<string?>("--archive") { Description = "A store to which each is copied first", HelpName = "FILE" };
        var command = new Command("purge", "Deletes executions that have ended, and gives their room back to the file system.") { age, failures, keep, size, archive };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var policy = new RetentionPolicy
            {
                MaximumAge = parsed.GetValue(age),
                MaximumAgeOfFailures = parsed.GetValue(failures),
                MaximumExecutions = parsed.GetValue(keep),
                MaximumBytes = parsed.GetValue(size),
                ArchivePath = parsed.GetValue(archive),
            };
            if (policy is { MaximumAge: null, MaximumAgeOfFailures: null, MaximumExecutions: null, MaximumBytes: null })
            {
                throw new UsageException("Say what is to go: --older-than, --failures-older-than, --keep or --max-size.");
            }

            var store = await shared.OpenAsync(parsed, cancellationToken).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                PurgeResult result;
                try
                {
                    result = await store.PurgeAsync(policy, new ExecutionInbox(store, host.Time), host.Time, cancellationToken).ConfigureAwait(false);
                }
                catch (ArgumentException exception)
                {
                    throw new UsageException(exception.Message);
                }

                if (parsed.GetValue(shared.Json))
                {
                    host.Output.WriteLine(((JsonData)JsonMap.Create(
                        ("purged", result.Purged),
                        ("archived", result.Archived),
                        ("kept", result.Kept),
                        ("handed_over", result.HandedOver),
                        ("owned_elsewhere", result.OwnedElsewhere),
                        ("used_bytes", result.UsedBytes ?? 0),
                        ("free_bytes", result.FreeBytes))).ToString());
                }
                else
                {
                    Write(host.Console, result);
                }

                return ExitCodes.Done;
            }
        });
        return command;
    }

    private static void Write(IAnsiConsole console, PurgeResult result)
    {
        console.MarkupLine($"[bold]{Wording.Count(result.Purged, "execution", "executions")}[/] purged{(result.Archived > 0 ? $", {result.Archived} archived first" : "")}. The store uses {Wording.Bytes(result.UsedBytes ?? 0)}.");
        if (result.HandedOver > 0)
        {
            console.MarkupLine($"{Wording.Count(result.HandedOver, "execution belongs", "executions belong")} to an engine that runs: it was asked to delete {(result.HandedOver == 1 ? "it" : "them")}.");
        }

        if (result.OwnedElsewhere > 0)
        {
            console.MarkupLine($"[yellow]{Wording.Count(result.OwnedElsewhere, "execution belongs", "executions belong")} to an engine that runs and stayed: set Retention in its options.[/]");
        }

        if (result.Kept > 0)
        {
            console.MarkupLine($"[yellow]{Wording.Count(result.Kept, "execution", "executions")} stayed, for something below has not ended.[/]");
        }
    }
}
