namespace Mistral.Executions.Testing.Tests;

public sealed class WorkflowTestHostTests
{
    [Test]
    public async Task A_workflow_of_a_year_runs_at_once()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        var began = host.Time.GetUtcNow();

        var run = await host.RunAsync("yearly");

        run.ShouldSucceed().ShouldHaveRun("begin", "end");
        run.Took.Should().Be(TimeSpan.FromDays(365));
        (host.Time.GetUtcNow() - began).Should().Be(TimeSpan.FromDays(365));
        run.Task("end").Actions.Single().Output["result"].AsString().Should().StartWith("2027-01-01T00:00:00");
    }

    [Test]
    public async Task Actions_are_replaced_by_name_and_tell_how_they_were_called()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        var charge = host.Action("payments.charge").Returns(new { Number = "R-1" });
        var send = host.Action("parcels.send").Returns(call => $"P-{call.Input["order_id"].AsString()}", after: TimeSpan.FromMinutes(3));

        var run = await host.RunAsync("order", new { order_id = "A-17" });

        run.ShouldSucceed()
            .ShouldHaveRun("charge", "ship")
            .ShouldNotHaveRun("refund")
            .ShouldHaveCalled("parcels.send", new { order_id = "A-17", receipt = new { number = "R-1" } });
        run.Output.Should().BeEquivalentTo(JsonMap.Create(("parcel", "P-A-17")));
        run.Took.Should().Be(TimeSpan.FromMinutes(3));
        charge.Calls.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Input = JsonMap.Create(("order_id", "A-17")), TaskName = "charge", WorkflowName = "order", Attempt = 1, ItemIndex = 0,
        });
        send.Calls.Should().ContainSingle().Which.At.Should().Be(run.Execution.CreatedAt);
    }

    [Test]
    public async Task A_replaced_action_fails_as_often_as_it_is_told_and_retries_take_virtual_time()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        host.Action("payments.charge").Returns("R-1");
        var send = host.Action("parcels.send").Fails("no courier", times: 2).Returns("P-1");

        var run = await host.RunAsync("order", new { order_id = "A-17" });

        run.ShouldSucceed();
        run.Task("ship").Attempts.Should().Be(3);
        run.Task("ship").Inputs.Should().HaveCount(3);
        run.Took.Should().Be(TimeSpan.FromHours(2));
        send.Calls.Select(c => c.Attempt).Should().Equal(1, 2, 3);
    }

    [Test]
    public async Task The_last_answer_is_given_again_and_a_failure_takes_its_route()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        host.Action("payments.charge").Returns("R-1");
        host.Action("parcels.send").Fails("no courier");
        host.Action("payments.refund");

        var run = await host.RunAsync("order", new { order_id = "A-17" });

        run.ShouldFail("There is no courier.").ShouldHaveRun("charge", "ship", "refund");
        run.Task("ship").Attempts.Should().Be(4);
        run.Task("ship").State.Should().Be(ExecutionState.Error);
    }

    [Test]
    public async Task What_a_replacement_throws_is_the_error_of_the_action()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        host.Action("payments.charge").Returns(call => throw new ActionFailedException($"no money for {call.Input["order_id"]}"));

        var run = await host.RunAsync("order", new { order_id = 7 });

        run.ShouldFail("no money for 7");
    }

    [Test]
    public async Task A_result_comes_from_outside_when_the_test_gives_it()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        var run = await host.StartAsync("approval");
        await host.AdvanceAsync(TimeSpan.FromDays(6));

        await host.CompleteActionAsync("approval.ask", ActionResult.Success(true));

        (await host.GetRunAsync(run.Id)).ShouldSucceed().Output["approved"].Should().Be((JsonData)true);
        await FluentActions.Awaiting(() => host.CompleteActionAsync("approval.ask", ActionResult.Success(true)))
            .Should().ThrowAsync<WorkflowTestException>().WithMessage("No execution of the action 'approval.ask' waits*");
    }

    [Test]
    public async Task An_answer_from_outside_comes_at_its_time()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        var ask = host.Action("approval.ask").Returns(true, after: TimeSpan.FromDays(3));

        var run = await host.RunAsync("approval");

        run.ShouldSucceed().Took.Should().Be(TimeSpan.FromDays(3));
        ask.Calls.Should().ContainSingle().Which.TaskName.Should().Be("ask");
    }

    [Test]
    public async Task An_answer_from_outside_that_comes_too_late_finds_the_deadline_passed()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        host.Action("approval.ask").Returns(true, after: TimeSpan.FromDays(8));

        var run = await host.RunAsync("approval");

        run.ShouldFail().Took.Should().Be(TimeSpan.FromDays(7));
    }

    [Test]
    public async Task An_action_that_is_replaced_by_one_from_outside_waits_for_its_result()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        host.Action("payments.charge").ComesFromOutside().Fails("declined", after: TimeSpan.FromHours(1));

        var run = await host.RunAsync("order", new { order_id = "A-17" });

        run.ShouldFail("declined").Took.Should().Be(TimeSpan.FromHours(1));
        run.Actions.Should().ContainSingle().Which.IsOutside.Should().BeTrue();
    }

    [Test]
    public async Task A_workflow_that_waits_for_what_never_comes_is_given_up_with_the_reason()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        host.Action("payments.charge").ComesFromOutside();

        var giving = await FluentActions.Awaiting(() => host.RunAsync("order", new { order_id = "A-17" })).Should().ThrowAsync<WorkflowTestException>();

        giving.Which.Message.Should()
            .StartWith("The workflow 'order' has not ended, and nothing happens by itself any more. Why:\nworkflow 'order' RUNNING:")
            .And.Contain("What ran:\nworkflow order RUNNING\n  task charge RUNNING\n    action payments.charge {\"order_id\":\"A-17\"} RUNNING");
    }

    [Test]
    public async Task A_workflow_that_goes_on_for_ever_is_given_up()
    {
        await using var host = new WorkflowTestHost(o => o.AddWorkflow(
            new WorkflowBuilder("endless").Task("begin", t => t.OnSuccess("again")).Task("again", t => t.WaitBefore(TimeSpan.FromDays(1)).OnSuccess("again")).Build()))
        {
            VirtualTimeLimit = TimeSpan.FromDays(30),
        };

        await FluentActions.Awaiting(() => host.RunAsync("endless"))
            .Should().ThrowAsync<WorkflowTestException>().WithMessage("*although 30.00:00:00 have passed*");
    }

    [Test]
    public async Task A_body_that_waits_in_real_time_is_named_when_it_takes_too_long()
    {
        var never = new TaskCompletionSource<JsonData>();
        await using var host = new WorkflowTestHost(o => o
            .AddWorkflow(new WorkflowBuilder("stuck").Task("t", t => t.Action("test.stuck")).Build())
            .AddAction("test.stuck", (_, _, _) => never.Task))
        {
            RealTimeLimit = TimeSpan.FromMilliseconds(1),
        };

        await (await host.OpenAsync()).StartAsync("stuck");

        await FluentActions.Awaiting(() => host.SettleAsync())
            .Should().ThrowAsync<WorkflowTestException>().WithMessage("After 0.001 seconds of real time*the actions 'test.stuck'*");
        never.SetResult(1);
    }

    [Test]
    public async Task Time_advances_just_as_far_as_it_is_told()
    {
        await using var host = new WorkflowTestHost(Workflows.Register, startTime: new DateTimeOffset(2030, 6, 1, 0, 0, 0, TimeSpan.Zero));
        var run = await host.StartAsync("yearly");

        await host.AdvanceAsync(TimeSpan.FromDays(364));
        (await run.GetAsync()).State.Should().Be(ExecutionState.Running);
        await host.AdvanceAsync(TimeSpan.FromDays(2));

        (await run.GetAsync()).FinishedAt.Should().Be(new DateTimeOffset(2031, 6, 1, 0, 0, 0, TimeSpan.Zero));
        host.Time.GetUtcNow().Should().Be(new DateTimeOffset(2031, 6, 2, 0, 0, 0, TimeSpan.Zero));
    }

    [Test]
    public async Task Time_runs_to_rest_where_only_something_outside_can_help()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        host.Action("payments.charge").ComesFromOutside();
        var waits = await host.StartAsync("order", new { order_id = "A-17" });
        var year = await host.StartAsync("yearly");

        await host.RunToRestAsync();

        (await year.GetAsync()).State.Should().Be(ExecutionState.Success);
        (await waits.GetAsync()).State.Should().Be(ExecutionState.Running);
    }

    [Test]
    public async Task A_restart_and_a_kill_change_nothing_and_the_same_answer_is_given_again()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        host.Action("payments.charge").Returns("R-1", after: TimeSpan.FromHours(2)).Fails("charged twice");
        host.Action("parcels.send").Returns("P-1");
        var run = await host.StartAsync("order", new { order_id = "A-17" });
        await host.AdvanceAsync(TimeSpan.FromHours(1));

        await host.KillAsync();
        await host.RestartAsync();
        var ended = await host.RunToEndAsync(run.Id);

        ended.ShouldSucceed();
        host.Action("payments.charge").Calls.Should().HaveCount(3);
        host.Action("payments.charge").Calls.Select(c => c.ActionExecutionId).Distinct().Should().ContainSingle();
    }

    [Test]
    public async Task Nested_workflows_and_items_are_part_of_the_run()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);

        var run = await host.RunAsync("outer");

        run.ShouldSucceed().ShouldHaveRun("begin", "nested", "each", "end");
        run.Task("each").Inputs.Select(i => i["n"]).Should().Equal(1, 2, 3);
        run.Task("nested").Workflows.Should().ContainSingle().Which.ShouldSucceed().ShouldHaveRun("double");
        run.ShouldHaveCalled("test.double", JsonMap.Create(("n", 21)));
        run.ToString().Should().Contain("\n  task nested SUCCESS, published {\"nested\":42}\n    workflow inner SUCCESS {\"n\":42}, took 00:00:00\n      task double SUCCESS");
    }

    [Test]
    public async Task An_action_can_be_replaced_until_the_engine_is_open()
    {
        await using var host = new WorkflowTestHost(Workflows.Register);
        var before = host.Action("parcels.send");
        await host.OpenAsync();

        host.Action("parcels.send").Should().BeSameAs(before);
        host.Invoking(h => h.Action("payments.charge")).Should().Throw<InvalidOperationException>();
    }

    [Test]
    public async Task Standard_and_ad_hoc_actions_can_be_replaced()
    {
        await using var host = new WorkflowTestHost(o => o
            .AddWorkflow(new WorkflowBuilder("fetch")
                .Task("one", t => t.Action("std.http").Input(c => new { url = "http://example.org" }).Publish("a", c => c.Result()).OnSuccess("two"))
                .Task("two", t => t.Action("greet").Input(c => new { name = "Ann" }).Publish("b", c => c.Result()))
                .Output("a", c => c["a"]).Output("b", c => c["b"])
                .Build())
            .AllowHttp()
            .AddAdHocAction(new() { Name = "greet", Base = "std.fail" }));
        host.Action("std.http").Returns(new { status = 200 });
        host.Action("greet").Returns(call => call.Input["name"]);

        var run = await host.RunAsync("fetch");

        run.ShouldSucceed().Output.ToString().Should().Be("""{"a":{"status":200},"b":"Ann"}""");
    }

    [Test]
    public async Task Time_passes_while_a_store_has_to_be_asked_again()
    {
        await using var store = new HesitantStore(new InMemoryExecutionStore());
        await using var host = new WorkflowTestHost(Workflows.Register, store);
        host.Action("approval.ask");
        var run = await host.StartAsync("approval");

        await host.CompleteActionAsync("approval.ask", ActionResult.Success(true));

        (await host.GetRunAsync(run.Id)).ShouldSucceed().Took.Should().BePositive().And.BeLessThan(TimeSpan.FromMinutes(1));
    }

    /// <summary>A store that says of every other commit, the first among them, that it cannot tell.</summary>
    private sealed class HesitantStore(IExecutionStore inner) : ForwardingExecutionStore(inner)
    {
        private int _commits;

        public override Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken) =>
            _commits++ % 2 == 0
                ? Task.FromResult<IReadOnlyList<CommitOutcome>>([.. group.Select(_ => CommitOutcome.Unknown(new IOException("The disk is gone.")))])
                : base.CommitAsync(group, cancellationToken);
    }
}
