namespace Mistral.Executions.Tests.Engine;

public sealed class StartTests
{
    private static readonly WorkflowDefinition Order = new WorkflowBuilder("order")
        .Input("id")
        .Input("amount", 5)
        .Task("charge", t => t.Action("test.do").Input(c => new { id = c["id"], amount = c["amount"] }).Publish("receipt", c => c.Result()))
        .Output("receipt", c => c["receipt"])
        .Build();

    [Test]
    public async Task A_second_start_of_an_id_in_the_same_moment_begins_nothing_once_the_first_has_left_memory()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(o => o.MaximumExecutionsAtRest = 0, EngineBench.Chain("waits", "test.outside"));
        await engine.StartAsync("waits", options: new() { Id = "one" });
        await bench.SettleAsync();

        await engine.StartAsync("waits", options: new() { Id = "one" });

        await bench.OnlyActionAsync("one");
    }

    [Test]
    public async Task A_workflow_runs_to_its_output()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Order);

        var output = await engine.RunAsync("order", JsonMap.Create(("id", "A-17")));

        output.Should().BeEquivalentTo(JsonMap.Create(("receipt", JsonMap.Create(("id", "A-17"), ("amount", 5)))));
    }

    [Test]
    public async Task Input_and_output_can_be_types_of_the_host()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Order);

        var result = await engine.RunAsync<OrderResult>("order", new { Id = "A-17", Amount = 42.50m });

        result.Receipt.Should().Be(new Receipt("A-17", 42.50m));
    }

    [Test]
    public async Task Input_can_be_of_a_type_of_the_host_and_the_output_json()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Order);

        var output = await engine.RunAsync("order", new { Id = "A-17", Amount = 3 });

        output["receipt"]["amount"].Should().Be((JsonData)3);
    }

    [Test]
    public async Task A_start_is_durable_when_it_returns()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("waits", "test.outside"));

        var run = await engine.StartAsync("waits");

        (await bench.Store.ReadWorkflowAsync(run.Id, default))!.State.Should().Be(ExecutionState.Running);
        run.IsNew.Should().BeTrue();
    }

    [Test]
    public async Task The_same_start_again_gives_the_execution_that_is_there()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Order);
        var first = await engine.StartAsync("order", JsonMap.Create(("id", "A-17")), new() { Id = "order-A-17" });
        await first.WaitAsync();

        var again = await engine.StartAsync("order", JsonMap.Create(("amount", 5), ("id", "A-17")), new() { Id = "order-A-17" });

        again.Id.Should().Be("order-A-17");
        again.IsNew.Should().BeFalse();
        (await again.WaitForOutputAsync())["receipt"]["id"].Should().Be((JsonData)"A-17");
    }

    [Test]
    public async Task The_same_start_again_is_known_after_a_restart()
    {
        await using var bench = new EngineBench();
        var before = await bench.OpenAsync(workflows: Order);
        await (await before.StartAsync("order", JsonMap.Create(("id", "A-17")), new() { Id = "order-A-17" })).WaitAsync();
        await before.DisposeAsync();

        var engine = await bench.OpenAsync(workflows: Order);
        var again = await engine.StartAsync("order", JsonMap.Create(("id", "A-17")), new() { Id = "order-A-17" });

        again.IsNew.Should().BeFalse();
    }

    [Test]
    public async Task Of_many_starts_with_one_id_at_once_one_is_new()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Order);

        var runs = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => engine.StartAsync("order", JsonMap.Create(("id", "A-17")), new() { Id = "order-A-17" })));

        runs.Should().ContainSingle(r => r.IsNew);
    }

    [Test]
    public async Task A_start_with_the_id_of_another_input_is_a_conflict()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Order);
        await engine.StartAsync("order", JsonMap.Create(("id", "A-17")), new() { Id = "x" });

        var act = () => engine.StartAsync("order", JsonMap.Create(("id", "A-18")), new() { Id = "x" });

        (await act.Should().ThrowAsync<ExecutionConflictException>()).WithMessage("*another input*");
    }

    [Test]
    public async Task A_start_with_the_id_of_another_workflow_is_a_conflict()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(null, Order, EngineBench.Chain("other", "test.do"));
        await engine.StartAsync("other", options: new() { Id = "x" });

        var act = () => engine.StartAsync("order", JsonMap.Create(("id", "A-18")), new() { Id = "x" });

        (await act.Should().ThrowAsync<ExecutionConflictException>()).WithMessage("*'other'*");
    }

    [Test]
    public async Task An_unknown_workflow_is_refused_by_name()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync();

        var act = () => engine.StartAsync("ordre");

        (await act.Should().ThrowAsync<DefinitionNotFoundException>()).WithMessage("*'ordre'*");
    }

    [Test]
    public async Task Missing_and_surplus_input_is_refused_and_nothing_is_started()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Order);

        var act = () => engine.StartAsync("order", JsonMap.Create(("idd", "A-17")), new() { Id = "x" });

        (await act.Should().ThrowAsync<InputException>()).WithMessage("*'id'*'idd'*");
        (await bench.Store.ReadWorkflowAsync("x", default)).Should().BeNull();
        (await engine.StartAsync("order", JsonMap.Create(("id", "A-17")), new() { Id = "x" })).IsNew.Should().BeTrue();
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("a\0b")]
    public async Task An_id_that_no_store_can_keep_is_refused(string id)
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Order);

        var act = () => engine.StartAsync("order", JsonMap.Create(("id", "A-17")), new() { Id = id });

        await act.Should().ThrowAsync<ArgumentException>();
    }

    [Test]
    public async Task A_workflow_that_fails_says_why()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("fails", "test.fail"));

        var act = () => engine.RunAsync("fails");

        (await act.Should().ThrowAsync<WorkflowFailedException>()).Which.Execution.StateInfo.Should().Contain("no luck");
    }

    [Test]
    public async Task A_definition_that_is_not_registered_by_name_can_be_started()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync();

        var run = await engine.StartAsync(EngineBench.Chain("unnamed", "test.do"));

        (await run.WaitAsync()).State.Should().Be(ExecutionState.Success);
    }

    private sealed record OrderResult(Receipt Receipt);

    private sealed record Receipt(string Id, decimal Amount);
}
