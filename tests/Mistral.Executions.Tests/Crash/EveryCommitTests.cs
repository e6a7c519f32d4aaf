using Mistral.Executions.Tests.Engine;

namespace Mistral.Executions.Tests.Crash;

/// <summary>A process that dies after every single commit, and another that goes on.</summary>
public sealed class EveryCommitTests
{
    private const int MostRounds = 2000;

    private static readonly WorkflowDefinition Inner = new WorkflowBuilder("inner")
        .Input("n")
        .Output("n", c => c["n"])
        .Task("first", t => t.Action("test.do").Input(c => JsonMap.Create(("n", c["n"]))).Publish("n", c => c.Result()["n"]).OnSuccess("second"))
        .Task("second", t => t.Action("test.do"))
        .Build();

    private static readonly WorkflowDefinition Outer = new WorkflowBuilder("outer")
        .Output("items", c => c["items"])
        .Output("nested", c => c["nested"])
        .Output("attempt", c => c["attempt"])
        .Task("retried", t => t
            .Action("test.third_time")
            .Retry(3, TimeSpan.FromSeconds(10))
            .Publish("attempt", c => c.Result())
            .OnSuccess("nested", "each"))
        .Task("nested", t => t.Workflow("inner").Input(c => JsonMap.Create(("n", 7))).Publish("nested", c => c.Result()["n"]).OnSuccess("end"))
        .Task("each", t => t
            .WithItems("i", _ => JsonList.Create([.. Enumerable.Range(0, 20).Select(i => (JsonData)i)]))
            .Concurrency(3)
            .Action("test.do")
            .Input(c => JsonMap.Create(("i", c["i"])))
            .Publish("items", c => c.Result())
            .OnSuccess("end"))
        .Task("end", t => t.JoinAll().Action("test.do").OnSuccess("late"))
        .Task("late", t => t.WaitBefore(TimeSpan.FromSeconds(5)).Action("test.do"))
        .Build();

    [Test]
    public async Task Death_after_every_commit_changes_nothing_when_what_follows_from_it_has_begun()
    {
        var expected = await PlayAsync((_, _) => { });

        var played = await PlayAsync((_, store) => store.Always = CommitOutcome.Refused(CommitRefusal.NotOwner));

        played.Should().Equal(expected);
    }

    [Test]
    public async Task Death_after_every_commit_changes_nothing_when_nothing_that_follows_from_it_has_begun()
    {
        var expected = await PlayAsync((_, _) => { });

        var played = await PlayAsync((engine, store) =>
        {
            store.Always = CommitOutcome.Refused(CommitRefusal.NotOwner);
            engine.Runtime.Kill();
        });

        played.Should().Equal(expected);
    }

    [Test]
    public async Task The_whole_takes_its_time_and_no_longer()
    {
        var played = await PlayAsync((_, _) => { });

        played.Should().ContainSingle(l => l.StartsWith("workflow outer SUCCESS", StringComparison.Ordinal))
            .Which.Should().Contain("\"attempt\":3").And.Contain("\"nested\":7").And.EndWith("after 25 s");
    }

    /// <summary>Runs the workflow to its end, with what happens after each commit, and tells all that came out.</summary>
    private static async Task<List<string>> PlayAsync(Action<ExecutionEngine, TestStore> afterCommit)
    {
        await using var bench = new EngineBench();
        bench.Store.Committed = group =>
        {
            if (group.Any(c => c.NewWorkflows.Count + c.Workflows.Count + c.NewTasks.Count + c.Tasks.Count + c.NewActions.Count + c.Actions.Count > 0))
            {
                afterCommit(bench.Engine, bench.Store);
            }
        };
        await OpenAsync(bench);
        var began = bench.Time.GetUtcNow();
        try
        {
            await bench.Engine.StartAsync("outer", options: new() { Id = "one" });
        }
        catch (ExecutionException)
        {
            // The engine died before it could say that the start is durable.
        }

        for (var round = 0; round < MostRounds; round++)
        {
            await bench.SettleAsync();
            if (bench.Store.Always is not null)
            {
                var dead = bench.Engine.Id;
                bench.Kill();
                bench.Store.Always = null;
                await bench.Store.ReleaseLeaseAsync(dead, CancellationToken.None);
                await OpenAsync(bench);
            }
            else if ((await bench.Engine.GetWorkflowAsync("one")).State.IsCompleted())
            {
                return await TellAsync(bench.Engine, bench.Time.GetUtcNow() - began);
            }
            else
            {
                bench.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        throw new InvalidOperationException("The workflow does not come to its end.");
    }

    private static Task<ExecutionEngine> OpenAsync(EngineBench bench) => bench.OpenAsync(
        o => o.AddAction("test.third_time", (_, context, _) => context.Attempt == 3
            ? Task.FromResult<JsonData>(context.Attempt)
            : throw new ActionFailedException($"attempt {context.Attempt} fails")),
        Inner,
        Outer);

    private static async Task<List<string>> TellAsync(ExecutionEngine engine, TimeSpan time)
    {
        var all = new List<string>();
        var taskNames = new Dictionary<string, string>();
        await foreach (var workflow in engine.QueryWorkflowsAsync())
        {
            var took = workflow.TaskExecutionId is null ? $" after {time.TotalSeconds} s" : "";
            all.Add($"workflow {workflow.Name} {workflow.State.ToWireName()} {workflow.Output} {workflow.TaskCount} tasks{took}");
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
