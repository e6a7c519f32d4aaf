namespace Mistral.Executions.Tests.Engine;

/// <summary>What another process asks for is done by the engine that has the tree, with the renewal of its lease.</summary>
public sealed class InboxTests
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    private static readonly WorkflowDefinition Waits = EngineBench.Chain("waits", "test.outside", "test.do");
    private static readonly WorkflowDefinition Fails = EngineBench.Chain("fails", "test.fail");

    [Test]
    public async Task A_request_is_done_with_the_next_renewal_of_the_lease_and_answered()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        var run = await engine.StartAsync("waits");
        var inbox = new ExecutionInbox(bench.Store, bench.Time);

        var request = await inbox.SendAsync(InboxVerb.Pause, run.Id, "lunch");
        await bench.SettleAsync();
        (await run.GetAsync()).State.Should().Be(ExecutionState.Running);
        await bench.AdvanceAsync(Renewal);

        (await run.GetAsync()).Should().Match<WorkflowExecution>(w => w.State == ExecutionState.Paused && w.StateInfo == "lunch");
        (await inbox.WaitAsync(request.Id, TimeSpan.Zero)).Should().Be(new InboxAnswer(request.Id, true, null, bench.Time.GetUtcNow()));
    }

    [Test]
    public async Task Every_verb_does_what_that_of_the_engine_does()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: [Waits, Fails]);
        var inbox = new ExecutionInbox(bench.Store, bench.Time);
        var waits = await engine.StartAsync("waits");
        var fails = await engine.StartAsync("fails");
        await fails.WaitAsync();
        var failed = (await engine.QueryTaskPageAsync(new() { ParentId = fails.Id })).Items[0];

        await AskAsync(InboxVerb.Pause, waits.Id);
        (await waits.GetAsync()).State.Should().Be(ExecutionState.Paused);
        await AskAsync(InboxVerb.Resume, waits.Id, JsonMap.Create(("who", "Ann")));
        (await waits.GetAsync()).Should().Match<WorkflowExecution>(w => w.State == ExecutionState.Running && w.Environment["who"] == "Ann");
        await AskAsync(InboxVerb.Cancel, waits.Id);
        (await waits.GetAsync()).State.Should().Be(ExecutionState.Cancelled);
        await AskAsync(InboxVerb.RerunTask, failed.Id);
        (await engine.GetHistoryAsync(fails.Id)).Should().ContainSingle(h => h.Event == "rerun");
        await AskAsync(InboxVerb.SkipTask, failed.Id);
        (await fails.GetAsync()).State.Should().Be(ExecutionState.Success);
        await AskAsync(InboxVerb.Delete, fails.Id);
        (await engine.QueryWorkflowPageAsync(new() { Name = "fails" })).Items.Should().BeEmpty();

        async Task AskAsync(InboxVerb verb, string id, JsonMap? environment = null)
        {
            var request = await inbox.SendAsync(verb, id, environment: environment);
            await bench.AdvanceAsync(Renewal);
            (await inbox.WaitAsync(request.Id, TimeSpan.Zero)).Should().Match<InboxAnswer>(a => a.IsDone);
        }
    }

    [Test]
    public async Task A_request_that_cannot_be_done_is_refused_with_the_reason_and_changes_nothing()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        var run = await engine.StartAsync("waits");
        var task = (await bench.OnlyActionAsync(run.Id)).TaskExecutionId!;
        var inbox = new ExecutionInbox(bench.Store, bench.Time);
        bench.Store.Commits.Clear();

        var rerun = await inbox.SendAsync(InboxVerb.RerunTask, task);
        var delete = await inbox.SendAsync(InboxVerb.Delete, run.Id);
        await bench.AdvanceAsync(Renewal);

        (await inbox.WaitAsync(rerun.Id, TimeSpan.Zero)).Should().Match<InboxAnswer>(a => !a.IsDone && a.Message!.Contains("RUNNING"));
        (await inbox.WaitAsync(delete.Id, TimeSpan.Zero)).Should().Match<InboxAnswer>(a => !a.IsDone && a.Message!.Contains("has not ended"));
        bench.Store.Commits.Should().BeEmpty();
        await FluentActions.Awaiting(() => inbox.SendAsync(InboxVerb.Pause, "nothing")).Should().ThrowAsync<ExecutionNotFoundException>();
    }

    [Test]
    public async Task A_request_is_answered_in_the_commit_that_carries_it_out()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        var run = await engine.StartAsync("waits");
        bench.Store.Commits.Clear();

        var request = await new ExecutionInbox(bench.Store, bench.Time).SendAsync(InboxVerb.Pause, run.Id);
        await bench.AdvanceAsync(Renewal);

        bench.Store.Commits.Should().ContainSingle().Which.Should().ContainSingle()
            .Which.Should().Match<ExecutionChanges>(c => c.Workflows.Count == 1 && c.Answers.Single().RequestId == request.Id);
    }

    [Test]
    public async Task What_the_store_could_not_write_is_done_with_a_later_renewal()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        var run = await engine.StartAsync("waits");
        var inbox = new ExecutionInbox(bench.Store, bench.Time);
        var request = await inbox.SendAsync(InboxVerb.Pause, run.Id);
        bench.Store.FailNext(CommitOutcome.Refused(CommitRefusal.Busy));
        await bench.AdvanceAsync(Renewal);
        (await inbox.WaitAsync(request.Id, TimeSpan.Zero)).Should().BeNull();

        await bench.AdvanceAsync(Renewal);

        (await inbox.WaitAsync(request.Id, TimeSpan.Zero)).Should().Match<InboxAnswer>(a => a.IsDone);
        (await engine.GetHistoryAsync(run.Id)).Should().ContainSingle();
    }

    [Test]
    public async Task Where_no_engine_lives_the_next_one_does_it_when_it_is_opened()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(workflows: Waits);
        var run = await first.StartAsync("waits");
        await bench.SettleAsync();
        bench.Kill();
        var inbox = new ExecutionInbox(bench.Store, bench.Time);
        var request = await inbox.SendAsync(InboxVerb.Cancel, run.Id, "nobody needs it");
        bench.Time.Advance(TimeSpan.FromMinutes(5));
        (await inbox.WaitAsync(request.Id, TimeSpan.Zero)).Should().BeNull();

        var second = await bench.OpenAsync(workflows: Waits);
        await bench.SettleAsync();

        (await second.GetWorkflowAsync(run.Id)).Should().Match<WorkflowExecution>(w => w.State == ExecutionState.Cancelled && w.StateInfo == "nobody needs it");
        (await inbox.WaitAsync(request.Id, TimeSpan.Zero)).Should().Match<InboxAnswer>(a => a.IsDone);
    }

    [Test]
    public async Task A_request_for_a_tree_of_another_living_engine_is_left_to_it()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(workflows: Waits);
        var run = await first.StartAsync("waits");
        var second = await bench.OpenAsync(workflows: Waits);
        var inbox = new ExecutionInbox(bench.Store, bench.Time);
        var request = await inbox.SendAsync(InboxVerb.Pause, run.Id);

        second.Runtime.Lease.Check();
        await second.SettleAsync();
        (await inbox.WaitAsync(request.Id, TimeSpan.Zero)).Should().BeNull();

        first.Runtime.Lease.Check();
        await first.SettleAsync();
        (await inbox.WaitAsync(request.Id, TimeSpan.Zero)).Should().Match<InboxAnswer>(a => a.IsDone);
    }

    [Test]
    public async Task An_engine_that_nobody_asks_looks_for_nothing()
    {
        await using var bench = new EngineBench();
        await bench.OpenAsync(workflows: Waits);
        await bench.SettleAsync();
        var (statements, renewals) = (bench.Store.Statements, bench.Store.Renewals);

        for (var count = 0; count < 10; count++)
        {
            await bench.AdvanceAsync(Renewal);
        }

        (bench.Store.Renewals - renewals).Should().Be(10);
        (bench.Store.Statements - statements).Should().Be(10);
    }

    [Test]
    public async Task Waiting_for_an_answer_ends_when_there_is_none_in_time()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        var run = await engine.StartAsync("waits");
        bench.Kill();
        var inbox = new ExecutionInbox(bench.Store, bench.Time);
        var request = await inbox.SendAsync(InboxVerb.Pause, run.Id);

        var waiting = inbox.WaitAsync(request.Id, TimeSpan.FromSeconds(5));
        waiting.IsCompleted.Should().BeFalse();
        while (!waiting.IsCompleted)
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }

        (await waiting).Should().BeNull();
    }
}
