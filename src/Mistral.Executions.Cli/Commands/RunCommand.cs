using System.CommandLine;
using Mistral.Executions.Cli.Rendering;
using Mistral.Executions.Language;
using Spectre.Console;

namespace Mistral.Executions.Cli.Commands;

/// <summary><c>mistral run</c></summary>
internal static class RunCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public static Command Create(ToolHost host, SharedOptions shared)
    {
        var file = new Argument<string>("FILE") { Description = "The YAML file" };
        var workflow = new Option<string?>("--workflow") { Description = "Which workflow of the file; not needed when it has one", HelpName = "NAME" };
        var input = new Option<string?>("--input") { Description = "The input as a JSON object, or @FILE", HelpName = "JSON" };
        var environment = new Option<string?>("--env") { Description = "The environment as a JSON object, or @FILE", HelpName = "JSON" };
        var id = new Option<string?>("--id") { Description = "The id of the execution; the same again goes on with it", HelpName = "ID" };
        var limit = ShowCommand.Limit();
        var command = new Command("run", "Runs a workflow of a YAML file with the standard actions, in memory or on --store.") { file, workflow, input, environment, id, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(file)!;
            var documents = MistralLanguage.ReadFiles(path);
            var name = NameOf([.. documents.SelectMany(d => d.Workflows).Select(w => w.Name)], parsed.GetValue(workflow), path);
            var given = parsed.GetValue(input) is { } json ? VerbCommands.ReadObject(json, "--input") : JsonMap.Empty;
            var start = new StartOptions
            {
                Id = parsed.GetValue(id),
                Environment = parsed.GetValue(environment) is { } text ? VerbCommands.ReadObject(text, "--env") : JsonMap.Empty,
            };
            IExecutionStore store = parsed.GetValue(shared.Store) is { } place ? new SqliteExecutionStore(place) : new InMemoryExecutionStore();
            var options = new ExecutionEngineOptions(store) { Time = host.Time };
            foreach (var document in documents)
            {
                options.AddDocument(document);
            }

            await RefuseOpenWorkOfOthersAsync(host, shared, parsed, documents, cancellationToken).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                var engine = await ExecutionEngine.OpenAsync(options, cancellationToken).ConfigureAwait(false);
                await using var closing = engine.ConfigureAwait(false);
                var run = await engine.StartAsync(name, given, start, cancellationToken).ConfigureAwait(false);
                var ended = await FollowAsync(host, store, run, parsed.GetValue(limit), parsed.GetValue(shared.Json), cancellationToken).ConfigureAwait(false);
                return ended.State == ExecutionState.Success ? ExitCodes.Done : ExitCodes.No;
            }
        });
        return command;
    }

    private static string NameOf(IReadOnlyList<string> workflows, string? wanted, string file) => (wanted, workflows) switch
    {
        ({ } name, _) => workflows.Contains(name, StringComparer.Ordinal)
            ? name
            : throw new UsageException($"There is no workflow '{name}' in {file}. It has: {string.Join(", ", workflows)}."),
        (null, [var only]) => only,
        (null, []) => throw new UsageException($"There is no workflow in {file}."),
        _ => throw new UsageException($"There are several workflows in {file}. Say which with --workflow: {string.Join(", ", workflows)}."),
    };

    // An engine takes over what dead engines left. This one knows the standard actions only, so it would break what needs others.
    private static async Task RefuseOpenWorkOfOthersAsync(
        ToolHost host, SharedOptions shared, ParseResult parsed, IReadOnlyList<LanguageDocument> documents, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(shared.Store) is not { } path || !File.Exists(path))
        {
            return;
        }

        var known = documents.SelectMany(d => d.Workflows).Select(w => w.Hash).ToHashSet(StringComparer.Ordinal);
        var inspector = await shared.InspectAsync(parsed, cancellationToken).ConfigureAwait(false);
        await using (inspector.ConfigureAwait(false))
        {
            var query = new ExecutionQuery { OnlyRoots = true, States = [.. ExecutionStates.All.Where(s => !s.IsCompleted())], PageSize = ExecutionQuery.MaximumPageSize };
            do
            {
                var page = await inspector.Store.QueryWorkflowsAsync(query, cancellationToken).ConfigureAwait(false);
                foreach (var root in page.Items.Where(w => !known.Contains(w.DefinitionHash)))
                {
                    if (await inspector.Store.ReadOwnerAsync(root.Id, cancellationToken).ConfigureAwait(false) is { } owner && owner.ExpiresAt <= host.Time.GetUtcNow())
                    {
                        throw new UsageException(
                            $"The store holds the open execution '{root.Id}' of another workflow, '{root.Name}', and the application that knows it does not run. It would be taken over here. Use another store.");
                    }
                }

                query = query with { After = page.Next };
            }
            while (query.After is not null);
        }
    }

    private static async Task<WorkflowExecution> FollowAsync(
        ToolHost host, IExecutionStore store, ExecutionHandle run, int limit, bool asJson, CancellationToken cancellationToken)
    {
        if (asJson)
        {
            var ended = await run.WaitAsync(cancellationToken).ConfigureAwait(false);
            host.Output.WriteLine(JsonRecords.Of(ended).ToString());
            return ended;
        }

        var followed = await new LiveView(host, store, Interval, limit).FollowAsync(run.Id, cancellationToken).ConfigureAwait(false);
        if (followed.State == ExecutionState.Success)
        {
            host.Console.WriteLine(ShowCommand.Indented(followed.Output));
        }
        else
        {
            host.Console.MarkupLine($"[red]{(followed.StateInfo ?? followed.State.ToWireName()).EscapeMarkup()}[/]");
        }

        return followed;
    }
}
