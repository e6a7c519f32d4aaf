using System.CommandLine;
using System.Text.Json;
using Mistral.Executions.Cli.Rendering;
using Spectre.Console;

namespace Mistral.Executions.Cli.Commands;

/// <summary>
/// <c>mistral pause</c>, <c>resume</c>, <c>cancel</c>, <c>rerun</c> and <c>skip</c>. None of them changes an execution itself: they
/// lay a request in the inbox of the store, and wait for the engine that has the execution to answer.
/// </summary>
internal static class VerbCommands
{
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(60);

    public static Command Pause(ToolHost host, SharedOptions shared) =>
        OnWorkflow(host, shared, InboxVerb.Pause, "pause", "Pauses a workflow execution: what runs goes on, nothing new starts.", hasReason: true);

    public static Command Resume(ToolHost host, SharedOptions shared) =>
        OnWorkflow(host, shared, InboxVerb.Resume, "resume", "Resumes a paused workflow execution.", hasReason: false);

    public static Command Cancel(ToolHost host, SharedOptions shared) =>
        OnWorkflow(host, shared, InboxVerb.Cancel, "cancel", "Cancels a workflow execution and those below it.", hasReason: true);

    public static Command Rerun(ToolHost host, SharedOptions shared)
    {
        var failedItems = new Option<bool>("--failed-items") { Description = "Only the failed items of a task with items; all results are thrown away when not said" };
        return OnTask(host, shared, InboxVerb.RerunTask, "rerun", "Runs a failed or cancelled task again.", failedItems);
    }

    public static Command Skip(ToolHost host, SharedOptions shared) =>
        OnTask(host, shared, InboxVerb.SkipTask, "skip", "Skips a failed task.", failedItems: null);

    private static Command OnWorkflow(ToolHost host, SharedOptions shared, InboxVerb verb, string name, string description, bool hasReason)
    {
        var id = shared.Id("The workflow execution");
        var reason = new Option<string?>("--reason") { Description = "Why; it becomes the state info", HelpName = "TEXT" };
        var environment = Environment();
        var (wait, noWait) = Waiting();
        var command = new Command(name, description) { id };
        command.Options.Add(hasReason ? reason : environment);
        command.Options.Add(wait);
        command.Options.Add(noWait);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var store = await shared.OpenAsync(parsed, cancellationToken).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                var inbox = new ExecutionInbox(store, host.Time);
                var request = await inbox.SendAsync(
                    verb,
                    parsed.GetValue(id)!,
                    hasReason ? parsed.GetValue(reason) : null,
                    environment: hasReason ? null : ReadEnvironment(parsed.GetValue(environment)),
                    cancellationToken: cancellationToken).ConfigureAwait(false);
                return await AnswerAsync(host, store, inbox, request, parsed, (shared.Json, wait, noWait), cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static Command OnTask(ToolHost host, SharedOptions shared, InboxVerb verb, string name, string description, Option<bool>? failedItems)
    {
        var id = shared.Id("The task execution, or the workflow execution that it is part of");
        var task = new Option<string?>("--task") { Description = "The name of the task, when ID is a workflow execution with several that failed", HelpName = "NAME" };
        var environment = Environment();
        var (wait, noWait) = Waiting();
        var command = new Command(name, description) { id, task };
        if (failedItems is not null)
        {
            command.Options.Add(failedItems);
        }

        command.Options.Add(environment);
        command.Options.Add(wait);
        command.Options.Add(noWait);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var store = await shared.OpenAsync(parsed, cancellationToken).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                var taskId = await TaskOfAsync(store, parsed.GetValue(id)!, parsed.GetValue(task), verb, cancellationToken).ConfigureAwait(false);
                var inbox = new ExecutionInbox(store, host.Time);
                var request = await inbox.SendAsync(
                    verb,
                    taskId,
                    reset: failedItems is null || !parsed.GetValue(failedItems),
                    environment: ReadEnvironment(parsed.GetValue(environment)),
                    cancellationToken: cancellationToken).ConfigureAwait(false);
                return await AnswerAsync(host, store, inbox, request, parsed, (shared.Json, wait, noWait), cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static Option<string?> Environment() => new("--env") { Description = "JSON object that is merged into the environment, or @FILE", HelpName = "JSON" };

    private static (Option<TimeSpan?> Wait, Option<bool> NoWait) Waiting() =>
    (
        new("--wait") { Description = "How long to wait for the engine's answer; 60s when not said", HelpName = "TIME", CustomParser = Durations.Read },
        new("--no-wait") { Description = "Ask, and do not wait" }
    );

    /// <summary>The task execution that is meant: itself, the one of that name, or the only one that failed.</summary>
    private static async Task<string> TaskOfAsync(SqliteExecutionStore store, string id, string? name, InboxVerb verb, CancellationToken cancellationToken)
    {
        if (await store.ReadWorkflowAsync(id, cancellationToken).ConfigureAwait(false) is not { } workflow)
        {
            return id;
        }

        if (name is not null)
        {
            return await store.ReadLatestTasksAsync(workflow.Id, [name], cancellationToken).ConfigureAwait(false) is [var latest]
                ? latest.Id
                : throw new UsageException($"The workflow execution '{id}' has not come to a task '{name}'.");
        }

        ExecutionState[] states = verb == InboxVerb.RerunTask ? [ExecutionState.Error, ExecutionState.Cancelled] : [ExecutionState.Error];
        var failed = await store.QueryTasksAsync(new() { ParentId = workflow.Id, States = states }, cancellationToken).ConfigureAwait(false);
        return failed.Items switch
        {
            [var only] => only.Id,
            [] => throw new UsageException($"No task of the workflow execution '{id}' has failed. Say which task execution is meant."),
            _ => throw new UsageException($"Several tasks of the workflow execution '{id}' have failed. Say which with --task: {string.Join(", ", failed.Items.Select(t => t.Name).Distinct(StringComparer.Ordinal))}."),
        };
    }

    private static JsonMap? ReadEnvironment(string? text) => text is null ? null : ReadObject(text, "--env");

    /// <summary>A JSON object that was given as a text, or as <c>@FILE</c>.</summary>
    public static JsonMap ReadObject(string text, string option)
    {
        try
        {
            var data = JsonData.Parse(text.StartsWith('@') ? File.ReadAllText(text[1..]) : text);
            return data.Kind == JsonKind.Object ? data.AsObject() : throw new UsageException($"{option} is a JSON object, not {text}.");
        }
        catch (JsonException exception)
        {
            throw new UsageException($"{option} is no JSON: {exception.Message}");
        }
    }

    private static async Task<int> AnswerAsync(
        ToolHost host,
        SqliteExecutionStore store,
        ExecutionInbox inbox,
        InboxRequest request,
        ParseResult parsed,
        (Option<bool> Json, Option<TimeSpan?> Wait, Option<bool> NoWait) options,
        CancellationToken cancellationToken)
    {
        var owner = await store.ReadOwnerAsync(request.TreeId, cancellationToken).ConfigureAwait(false);
        var lives = owner?.ExpiresAt > host.Time.GetUtcNow();
        var noWait = parsed.GetValue(options.NoWait);
        var waits = !noWait && (lives || parsed.GetValue(options.Wait) is not null);
        var answer = waits ? await inbox.WaitAsync(request.Id, parsed.GetValue(options.Wait) ?? UsualWait, cancellationToken).ConfigureAwait(false) : null;
        if (parsed.GetValue(options.Json))
        {
            host.Output.WriteLine(((JsonData)JsonMap.Create(
                ("request_id", request.Id),
                ("execution_id", request.ExecutionId),
                ("verb", JsonRecords.Lower(request.Verb.ToString())),
                ("engine_lives", lives),
                ("outcome", answer is null ? "pending" : answer.IsDone ? "done" : "refused"),
                ("message", answer?.Message))).ToString());
        }
        else
        {
            host.Console.MarkupLine(answer switch
            {
                { IsDone: true } => "[green]Done.[/]",
                { Message: var why } => $"[red]Refused:[/] {(why ?? "").EscapeMarkup()}",
                null when lives => $"Asked the engine {owner!.EngineId.EscapeMarkup()}, which takes it with the next renewal of its lease.",
                null => "No engine has this execution now. The request lies in the store: the next engine that opens it carries it out.",
            });
        }

        return answer is null ? (noWait ? ExitCodes.Done : ExitCodes.NotYet) : answer.IsDone ? ExitCodes.Done : ExitCodes.No;
    }
}
