namespace Mistral.Executions.Tests.Engine;

public sealed class BulkTests
{
    private static readonly WorkflowDefinition Waits = EngineBench.Chain("waits", "test.outside");

    private static readonly WorkflowDefinition Outer = new WorkflowBuilder("outer").Task("call", t => t.Workflow("inner")).Build();

    [Test]
    public async Task A_preview_says_what_would_be_done_and_does_nothing()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        await StartAsync(engine, "a", "b", "c");
        await engine.PauseAsync("b");
        await engine.CancelAsync("c");
        bench.Store.Commits.Clear();

        var preview = await engine.BulkAsync(BulkVerb.Pause, new() { States = [.. ExecutionStates.All] }, new() { Preview = true });

        preview.IsPreview.Should().BeTrue();
        preview.Items.Should().Equal(
            new BulkItem(ExecutionKind.Workflow, "a", "waits", ExecutionState.Running, BulkOutcome.Done, null),
            new BulkItem(ExecutionKind.Workflow, "b", "waits", ExecutionState.Paused, BulkOutcome.Unchanged, "It is PAUSED already."),
            new BulkItem(ExecutionKind.Workflow, "c", "waits", ExecutionState.Cancelled, BulkOutcome.Refused, "It is CANCELLED and cannot become PAUSED."));
        bench.Store.Commits.Should().BeEmpty();
    }

    [Test]
    public async Task What_a_preview_says_is_what_is_done()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        await StartAsync(engine, "a", "b", "c");
        await engine.PauseAsync("b");
        await engine.CancelAsync("c");
        var query = new ExecutionQuery { States = [.. ExecutionStates.All] };
        var preview = await engine.BulkAsync(BulkVerb.Pause, query, new() { Preview = true });

        var result = await engine.BulkAsync(BulkVerb.Pause, query, new() { Reason = "holiday" });

        result.Items.Should().Equal(preview.Items);
        (await engine.GetWorkflowAsync("a")).Should().Match<WorkflowExecution>(w => w.State == ExecutionState.Paused && w.StateInfo == "holiday");
        (await engine.GetWorkflowAsync("c")).State.Should().Be(ExecutionState.Cancelled);
    }

    [Test]
    public async Task A_query_without_states_asks_for_what_there_is_something_to_do_to()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        await StartAsync(engine, "a", "b", "c");
        await engine.PauseAsync("b");

        (await engine.BulkAsync(BulkVerb.Resume, new())).Items.Should().ContainSingle().Which.Id.Should().Be("b");
        (await engine.BulkAsync(BulkVerb.Cancel, new() { Name = "waits" }, new() { Reason = "enough" })).Count(BulkOutcome.Done).Should().Be(3);
        (await engine.BulkAsync(BulkVerb.Delete, new())).Count(BulkOutcome.Done).Should().Be(3);
        (await engine.QueryWorkflowPageAsync(new())).Items.Should().BeEmpty();
    }

    [Test]
    public async Task Workflows_are_stopped_and_updated_together()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        await StartAsync(engine, "a", "b");

        await engine.BulkAsync(BulkVerb.Update, new(), new() { Description = "of today" });
        await engine.BulkAsync(BulkVerb.Stop, new(), new() { StopState = ExecutionState.Success, Reason = "good enough" });

        (await engine.QueryWorkflowPageAsync(new())).Items.Should().AllSatisfy(w =>
            (w.State, w.Description, w.StateInfo).Should().Be((ExecutionState.Success, "of today", "good enough")));
    }

    [Test]
    public async Task Failed_tasks_run_again_lowest_first_and_those_above_with_them()
    {
        var fails = true;
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(
            e => e.AddInlineAction("test.flaky", _ => fails ? throw new InvalidOperationException("no luck") : 1),
            Outer,
            EngineBench.Chain("inner", "test.flaky"));
        await (await engine.StartAsync("outer", null, new() { Id = "one" })).WaitAsync();
        fails = false;

        var result = await engine.BulkAsync(BulkVerb.RerunTasks, new() { RootExecutionId = "one" });

        result.Items.Select(i => i.Name).Should().Equal("t0", "call");
        result.Items[0].Outcome.Should().Be(BulkOutcome.Done);
        result.Items[1].Outcome.Should().NotBe(BulkOutcome.Done);
        (await engine.WaitAsync("one")).State.Should().Be(ExecutionState.Success);
        (await engine.QueryWorkflowPageAsync(new() { RootExecutionId = "one" })).Items.Should().HaveCount(2);
    }

    [Test]
    public async Task Failed_tasks_are_skipped()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("fails", "test.fail"));
        var run = await engine.StartAsync("fails");
        await run.WaitAsync();

        (await engine.BulkAsync(BulkVerb.SkipTasks, new() { ParentId = run.Id })).Count(BulkOutcome.Done).Should().Be(1);

        (await run.WaitAsync()).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task Outside_actions_are_paused_resumed_and_completed_together()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        await StartAsync(engine, "a", "b");
        var gate = await engine.StartActionAsync("test.gate");
        var query = new ExecutionQuery { Name = "test.outside" };

        (await engine.BulkAsync(BulkVerb.PauseActions, query)).Count(BulkOutcome.Done).Should().Be(2);
        (await engine.GetWorkflowAsync("a")).State.Should().Be(ExecutionState.Paused);
        (await engine.BulkAsync(BulkVerb.ResumeActions, query)).Count(BulkOutcome.Done).Should().Be(2);
        var completed = await engine.BulkAsync(BulkVerb.CompleteActions, new(), new() { Result = ActionResult.Error("the line is cut") });

        completed.Count(BulkOutcome.Done).Should().Be(2);
        completed.Items.Single(i => i.Id == gate).Should().Match<BulkItem>(i => i.Outcome == BulkOutcome.Refused && i.Reason == "It is no outside action: the engine runs it.");
        (await engine.WaitAsync("b")).State.Should().Be(ExecutionState.Error);
    }

    [Test]
    public async Task No_more_are_taken_than_the_limit_says()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        await StartAsync(engine, "a", "b", "c");

        var result = await engine.BulkAsync(BulkVerb.Cancel, new() { PageSize = 1 }, new() { MaximumExecutions = 2 });

        result.HasMore.Should().BeTrue();
        result.Items.Select(i => i.Id).Should().Equal("a", "b");
        (await engine.GetWorkflowAsync("c")).State.Should().Be(ExecutionState.Running);
    }

    [Test]
    public async Task What_one_execution_refuses_does_not_hold_the_others_up()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: [Outer, EngineBench.Chain("inner", "test.outside"), Waits]);
        await StartAsync(engine, "a");
        await engine.StartAsync("outer", null, new() { Id = "z" });

        var result = await engine.BulkAsync(BulkVerb.Update, new() { OnlyRoots = true }, new() { Environment = JsonMap.Create(("x", 1)) });
        await engine.PauseAsync("z");
        var second = await engine.BulkAsync(BulkVerb.Update, new() { OnlyRoots = true }, new() { Environment = JsonMap.Create(("x", 1)) });

        result.Count(BulkOutcome.Refused).Should().Be(2);
        second.Items.Select(i => i.Outcome).Should().Equal(BulkOutcome.Refused, BulkOutcome.Done);
        (await engine.GetWorkflowAsync("z")).Environment.Should().Equal(JsonMap.Create(("x", 1)));
    }

    [Test]
    public async Task Options_that_do_not_fit_the_verb_are_refused()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync();

        await engine.Invoking(e => e.BulkAsync(BulkVerb.Stop, new(), new() { StopState = ExecutionState.Paused })).Should().ThrowAsync<ArgumentException>();
        await engine.Invoking(e => e.BulkAsync(BulkVerb.CompleteActions, new())).Should().ThrowAsync<ArgumentException>();
        FluentActions.Invoking(() => new BulkOptions { MaximumExecutions = 0 }).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static async Task StartAsync(ExecutionEngine engine, params string[] ids)
    {
        foreach (var id in ids)
        {
            await engine.StartAsync("waits", null, new() { Id = id });
        }
    }
}
