namespace Mistral.Executions.Testing.Tests;

public sealed class CrashTestTests
{
    [Test]
    public async Task A_workflow_with_items_and_a_nested_one_comes_to_the_same_end_after_every_commit()
    {
        var report = await CrashTest.EveryCommitAsync(() => new(Workflows.Register), "outer");

        report.Run.ShouldSucceed().Output.ToString().Should().Be("""{"items":[2,4,6],"nested":42}""");
        report.Commits.Should().BeGreaterThan(3);
        report.Deaths.Should().BeGreaterThan(3 * report.Commits);
    }

    [Test]
    public async Task Retries_waits_and_answers_from_outside_survive()
    {
        var report = await CrashTest.EveryCommitAsync(
            () =>
            {
                var host = new WorkflowTestHost(Workflows.Register);
                host.Action("payments.charge").ComesFromOutside().Returns("R-1", after: TimeSpan.FromDays(2));
                host.Action("parcels.send").Fails("no courier", times: 2).Returns("P-1", after: TimeSpan.FromMinutes(1));
                return host;
            },
            "order",
            new { order_id = "A-17" });

        report.Run.ShouldSucceed().Took.Should().Be(new TimeSpan(2, 2, 1, 0));
    }

    [Test]
    public async Task A_workflow_that_fails_must_fail_in_the_same_way()
    {
        var report = await CrashTest.EveryCommitAsync(
            () =>
            {
                var host = new WorkflowTestHost(Workflows.Register);
                host.Action("payments.charge").Fails("no money");
                return host;
            },
            "order",
            new { order_id = "A-17" });

        report.Run.ShouldFail("no money");
    }

    [Test]
    public async Task An_action_that_cannot_be_repeated_is_found_with_its_commit()
    {
        var crashing = await FluentActions.Awaiting(() => CrashTest.EveryCommitAsync(() => new(RegisterOnce), "once")).Should().ThrowAsync<WorkflowTestException>();

        crashing.Which.Message.Should()
            .StartWith("When the process dies after commit 1 (workflow 'once' RUNNING, task 't' RUNNING, action 'test.once' RUNNING), ")
            .And.Contain("\nUndisturbed:\nworkflow once SUCCESS")
            .And.Contain("\nAfter the death:\nworkflow once ERROR")
            .And.Contain("not safe to run it again");
    }

    [Test]
    public async Task A_side_effect_that_happens_twice_is_found_where_the_test_looks_at_it()
    {
        var charged = 0;
        WorkflowTestHost CreateHost()
        {
            charged = 0;
            return new(o => o
                .AddWorkflow(new WorkflowBuilder("pay").Task("t", t => t.Action("test.charge")).Build())
                .AddAction("test.charge", (_, _, _) =>
                {
                    charged++;
                    return Task.FromResult<JsonData>("R-1");
                }));
        }

        await CrashTest.EveryCommitAsync(CreateHost, "pay");
        var crashing = await FluentActions
            .Awaiting(() => CrashTest.EveryCommitAsync(CreateHost, "pay", options: new() { End = _ => $"charged {charged} times" }))
            .Should().ThrowAsync<WorkflowTestException>();

        crashing.Which.Message.Should()
            .Contain("when what follows from it had begun, the end is another.\nUndisturbed:\ncharged 1 times\nAfter the death:\ncharged 2 times");
    }

    [Test]
    public async Task A_difference_that_is_meant_can_be_left_out()
    {
        var report = await CrashTest.EveryCommitAsync(
            () => new(RegisterOnce), "once", options: new() { End = run => run.State.IsCompleted().ToString(), Start = new() { Id = "own-id" } });

        report.Run.Id.Should().Be("own-id");
    }

    private static void RegisterOnce(ExecutionEngineOptions options) => options
        .AddWorkflow(new WorkflowBuilder("once").Task("t", t => t.Action("test.once")).Build())
        .AddAction("test.once", (_, _, _) => Task.FromResult<JsonData>(1), new() { IsSafeToRerun = false });
}
