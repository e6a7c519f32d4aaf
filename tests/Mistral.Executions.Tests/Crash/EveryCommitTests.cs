using Mistral.Executions.Testing;

namespace Mistral.Executions.Tests.Crash;

/// <summary>A process that dies after a commit, and another that goes on.</summary>
public sealed class EveryCommitTests
{
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
    public async Task Death_after_any_commit_and_after_every_commit_changes_nothing()
    {
        var report = await CrashTest.EveryCommitAsync(CreateHost, "outer");

        report.Commits.Should().BeGreaterThan(10);
        report.Deaths.Should().BeGreaterThan(3 * report.Commits);
    }

    [Test]
    public async Task The_whole_takes_its_time_and_no_longer_however_often_the_process_dies()
    {
        var report = await CrashTest.EveryCommitAsync(CreateHost, "outer", options: new() { End = run => $"{run.State} after {run.Took}" });

        report.Run.ShouldSucceed().Took.Should().Be(TimeSpan.FromSeconds(25));
        report.Run.Output["attempt"].Should().Be((JsonData)3);
        report.Run.Output["nested"].Should().Be((JsonData)7);
        report.Run.Output["items"].AsArray().Count.Should().Be(20);
    }

    private static WorkflowTestHost CreateHost() => new(o => o
        .AddWorkflow(Inner)
        .AddWorkflow(Outer)
        .AddAction("test.do", (input, _, _) => Task.FromResult<JsonData>(input))
        .AddAction("test.third_time", (_, context, _) => context.Attempt == 3
            ? Task.FromResult<JsonData>(context.Attempt)
            : throw new ActionFailedException($"attempt {context.Attempt} fails")));
}
