namespace Mistral.Executions.Testing.Tests;

public sealed class WorkflowRunTests
{
    private static async Task<WorkflowRun> FailedOrderAsync()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        host.Action("payments.charge").Fails("no money");
        return await host.RunAsync("order", new { order_id = "A-17" });
    }

    [Test]
    public async Task An_expectation_that_does_not_hold_is_told_with_all_that_ran()
    {
        var run = await FailedOrderAsync();

        Failure(() => run.ShouldSucceed()).Should().Be($"Of the workflow 'order', the state should be SUCCESS, but is ERROR. What ran:\n{run}");
        Failure(() => run.ShouldFail("no courier")).Should().Contain("should say 'no courier', but is: ");
        Failure(() => run.ShouldHaveRun("charge", "ship")).Should().Contain("the tasks should be [charge, ship], but are [charge]");
        Failure(() => run.ShouldNotHaveRun("ship", "charge")).Should().Contain("[charge] should not have run");
        Failure(() => run.ShouldHaveCalled("payments.charge", new { order_id = "B" })).Should().Contain("should have been called with {\"order_id\":\"B\"}, but was called with {\"order_id\":\"A-17\"}");
        Failure(() => run.ShouldHaveCalled("parcels.send", JsonMap.Empty)).Should().Contain("but was not called");
        Failure(() => run.Task("ship")).Should().Contain("the task 'ship' did not run");
    }

    [Test]
    public async Task A_run_that_should_have_failed_is_told()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        var run = await host.RunAsync("yearly");

        Failure(() => run.ShouldFail()).Should().Contain("the state should be ERROR, but is SUCCESS");
    }

    [Test]
    public async Task Tasks_come_in_the_order_in_which_they_began_and_not_in_that_in_which_they_were_made()
    {
        await using var host = new WorkflowTestHost(o => o.AddWorkflow(new WorkflowBuilder("fork")
            .Task("short", t => t.OnSuccess("join"))
            .Task("long", t => t.WaitBefore(TimeSpan.FromHours(1)).OnSuccess("longer"))
            .Task("longer", t => t.OnSuccess("join"))
            .Task("join", t => t.JoinAll())
            .Build()));

        var run = await host.RunAsync("fork");

        run.ShouldHaveRun("short", "long", "longer", "join");
    }

    private static string Failure(Action assertion) => assertion.Should().Throw<WorkflowTestException>().Which.Message;
}
