using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Mistral.Executions.Language;

namespace Mistral.Executions.Crash.Commits;

/// <summary>Runs one workflow to its end, or to its own: the clock stands still while anything can be done, and is kept in a file for the process that goes on.</summary>
internal sealed class CommitHost(string database, string clockPath)
{
    private const string Id = "one";

    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Runs the workflow.</summary>
    /// <param name="commit">The commit at which the process dies; 0 when at none.</param>
    /// <param name="before">Whether it dies before the commit, else after it.</param>
    /// <returns>All that came out, a line an execution.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(int commit, bool before)
    {
        using var clock = new LineFile(clockPath);
        var time = new FakeTimeProvider(LineFile.Read(clockPath) is [.., var last] ? DateTimeOffset.Parse(last, CultureInfo.InvariantCulture) : Beginning);
        await using var file = new SqliteExecutionStore(new SqliteStoreOptions { Path = database });
        await using var engine = await ExecutionEngine.OpenAsync(OptionsFor(DeadlyStore.Over(file, commit, before), time));

        // To start it again would be a commit that the store refuses.
        if ((await engine.QueryWorkflowPageAsync(new() { RootExecutionId = Id })).Items.Count == 0)
        {
            await engine.StartAsync("outer", options: new() { Id = Id });
        }

        while (true)
        {
            await engine.SettleAsync();
            if ((await engine.GetWorkflowAsync(Id)).State.IsCompleted())
            {
                return await TellAsync(engine, time.GetUtcNow() - Beginning);
            }

            if (time.GetUtcNow() - Beginning > Longest)
            {
                throw new InvalidOperationException("The workflow does not come to its end.");
            }

            clock.Append((time.GetUtcNow() + TimeSpan.FromSeconds(1)).ToString("O", CultureInfo.InvariantCulture));
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static ExecutionEngineOptions OptionsFor(IExecutionStore store, TimeProvider time)
    {
        using var resource = typeof(CommitHost).Assembly.GetManifestResourceStream("commits.yaml")!;
        using var reader = new StreamReader(resource);
        return new ExecutionEngineOptions(store) { Time = time, ShutdownDeadline = TimeSpan.Zero }
            .AddWorkflows(reader.ReadToEnd())
            .AddAction("commits.echo", (input, _, _) => Task.FromResult<JsonData>(input))
            .AddAction("commits.third_time", (_, context, _) => context.Attempt == 3
                ? Task.FromResult<JsonData>(context.Attempt)
                : throw new ActionFailedException($"attempt {context.Attempt} fails"));
    }

    private static async Task<IReadOnlyList<string>> TellAsync(ExecutionEngine engine, TimeSpan took)
    {
        var all = new List<string> { $"took {took.TotalSeconds} s" };
        var taskNames = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var workflow in engine.QueryWorkflowsAsync())
        {
            all.Add($"workflow {workflow.Name} {workflow.State.ToWireName()} {workflow.Output} {workflow.TaskCount} tasks");
        }

        await foreach (var task in engine.QueryTasksAsync())
        {
            taskNames.Add(task.Id, task.Name);
            all.Add($"task {task.WorkflowName} {task.Name} {task.State.ToWireName()} {task.Published} retry {task.RetryNumber} processed {task.Processed}");
        }

        await foreach (var action in engine.QueryActionsAsync())
        {
            var output = action.Output.ToString().Replace(action.Id, "ID", StringComparison.Ordinal);
            all.Add($"action {taskNames[action.TaskExecutionId!]} {action.Index} {action.Attempt} {action.State.ToWireName()} {output} accepted {action.Accepted}");
        }

        return [.. all.Order(StringComparer.Ordinal)];
    }
}
