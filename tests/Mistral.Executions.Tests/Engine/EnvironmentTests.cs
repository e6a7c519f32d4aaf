namespace Mistral.Executions.Tests.Engine;

public sealed class EnvironmentTests
{
    private static readonly WorkflowDefinition Greet = new WorkflowBuilder("greet")
        .Task("say", t => t.Action("test.do").Input(c => new { to = c.Environment["who"] }).Publish("said", c => c.Result()["to"]))
        .Output("said", c => c["said"])
        .Build();

    [Test]
    public async Task An_execution_is_started_with_an_environment_by_its_name()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Greet);
        await engine.DefineEnvironmentAsync("people", JsonMap.Create(("who", "Ann")));

        (await engine.RunAsync("greet", null, new() { EnvironmentName = "people" }))["said"].Should().Be((JsonData)"Ann");
        (await engine.RunAsync("greet", null, new() { Parameters = JsonMap.Create(("env", "people")) }))["said"].Should().Be((JsonData)"Ann");
    }

    [Test]
    public async Task An_execution_keeps_the_environment_it_was_started_with()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("waits", "test.outside"));
        await engine.DefineEnvironmentAsync("people", JsonMap.Create(("who", "Ann")));
        var run = await engine.StartAsync("waits", null, new() { EnvironmentName = "people" });

        await engine.DefineEnvironmentAsync("people", JsonMap.Create(("who", "Bob")));
        await engine.DeleteEnvironmentAsync("people");

        (await run.GetAsync()).Environment.Should().Equal(JsonMap.Create(("who", "Ann")));
    }

    [Test]
    public async Task A_start_with_an_environment_that_is_not_defined_is_refused()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Greet);

        (await engine.Invoking(e => e.StartAsync("greet", null, new() { EnvironmentName = "nobody" })).Should().ThrowAsync<InputException>())
            .WithMessage("There is no environment 'nobody'.");
    }

    [Test]
    public async Task The_same_start_again_needs_the_environment_no_more()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Greet);
        await engine.DefineEnvironmentAsync("people", JsonMap.Create(("who", "Ann")));
        await engine.RunAsync("greet", null, new() { Id = "one", EnvironmentName = "people" });

        (await engine.StartAsync("greet", null, new() { Id = "one", EnvironmentName = "people" })).IsNew.Should().BeFalse();
    }

    [Test]
    public async Task Environments_can_be_read_listed_and_deleted()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync();
        await engine.DefineEnvironmentAsync("b", JsonMap.Create(("x", 1)), "first");
        await engine.DefineEnvironmentAsync("a", JsonMap.Empty);
        var defined = bench.Time.GetUtcNow();
        await bench.AdvanceAsync(TimeSpan.FromHours(1));
        await engine.DefineEnvironmentAsync("b", JsonMap.Create(("y", 2)), "second");

        (await engine.FindEnvironmentAsync("b")).Should().Be(new StoredEnvironment("b", JsonMap.Create(("y", 2)), "second", defined, defined.AddHours(1)));
        (await engine.ListEnvironmentsAsync()).Select(e => e.Name).Should().Equal("a", "b");
        (await engine.DeleteEnvironmentAsync("a")).Should().BeTrue();
        (await engine.DeleteEnvironmentAsync("a")).Should().BeFalse();
        (await engine.FindEnvironmentAsync("a")).Should().BeNull();
        await engine.Invoking(e => e.DefineEnvironmentAsync("", JsonMap.Empty)).Should().ThrowAsync<ArgumentException>();
    }
}
