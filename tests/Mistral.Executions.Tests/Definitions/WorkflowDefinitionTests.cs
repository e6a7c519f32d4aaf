namespace Mistral.Executions.Tests.Definitions;

public sealed class WorkflowDefinitionTests
{
    [Test]
    public void A_task_is_found_by_its_name()
    {
        var workflow = Order().Build();

        workflow.FindTask("ship")!.Name.Should().Be("ship");
        workflow.FindTask("Ship").Should().BeNull();
    }

    [Test]
    public void Two_builds_with_the_same_structure_have_the_same_hash() => Order().Build().Hash.Should().Be(Order().Build().Hash);

    [Test]
    public void Other_bodies_of_delegates_policies_and_defaults_are_the_same_structure()
    {
        var other = new WorkflowBuilder("order")
            .Description("Described.")
            .Tags("tagged")
            .Input("id", "a default")
            .Task("charge", t => t.Action("a").Input(c => new { y = 2 }).Publish("other", 2).Retry(9, TimeSpan.FromSeconds(9)).OnSuccess("ship", c => false))
            .Task("ship", t => t.Action(c => "another"))
            .Output("other", 1);

        other.Build().Hash.Should().Be(Order().Build().Hash);
    }

    [Test]
    public void Another_structure_has_another_hash()
    {
        Action<TaskBuilder> charge = t => t.Action("a").OnSuccess("ship", c => true);
        Action<TaskBuilder> ship = t => t.Action(c => "b");
        WorkflowBuilder[] others =
        [
            new WorkflowBuilder("order2").Input("id").Task("charge", charge).Task("ship", ship),
            new WorkflowBuilder("order").Namespace("n").Input("id").Task("charge", charge).Task("ship", ship),
            new WorkflowBuilder("order").Task("charge", charge).Task("ship", ship),
            new WorkflowBuilder("order").Input("id").Task("charge", charge).Task("ship", ship).Task("more"),
            new WorkflowBuilder("order").Input("id").Task("charge", t => t.Action("b").OnSuccess("ship", c => true)).Task("ship", ship),
            new WorkflowBuilder("order").Input("id").Task("charge", t => t.Workflow("a").OnSuccess("ship", c => true)).Task("ship", ship),
            new WorkflowBuilder("order").Input("id").Task("charge", t => t.Action("a").OnSuccess("ship")).Task("ship", ship),
            new WorkflowBuilder("order").Input("id").Task("charge", t => t.Action("a").OnError("ship", c => true)).Task("ship", ship),
            new WorkflowBuilder("order").Input("id").Task("charge", t => t.Action("a").OnSuccess("ship", c => true).WithItems("i", c => c["x"])).Task("ship", ship),
            new WorkflowBuilder("order").Input("id").Task("charge", charge).Task("ship", t => t.Action(c => "b").JoinAll()),
            new WorkflowBuilder("order").Input("id").Task("charge", charge).Task("ship", t => t.Action(c => "b").JoinOne()),
            new WorkflowBuilder("order").Reverse().Input("id").Task("charge").Task("ship"),
            new WorkflowBuilder("order").Reverse().Input("id").Task("charge").Task("ship", t => t.Requires("charge")),
        ];

        others.Select(o => o.Build().Hash).Append(Order().Build().Hash).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void A_definition_with_a_text_is_known_by_the_text()
    {
        WorkflowContent Content(string text) => new() { Name = "w", Tasks = [DefinitionCheckTests.Task("t")], Source = new("yaml", text) };

        WorkflowDefinition.Create(Content("one")).Hash.Should().Be(WorkflowDefinition.Create(Content("one")).Hash);
        WorkflowDefinition.Create(Content("one")).Hash.Should().NotBe(WorkflowDefinition.Create(Content("two")).Hash);
        WorkflowDefinition.Create(Content("one")).Source.Should().Be(new DefinitionSource("yaml", "one"));
    }

    [Test]
    public void Format_and_text_cannot_be_confused_in_the_hash() =>
        new DefinitionSource("a", "bc").Hash.Should().NotBe(new DefinitionSource("ab", "c").Hash);

    [Test]
    public void A_definition_with_faults_cannot_be_made() =>
        FluentActions.Invoking(() => WorkflowDefinition.Create(new() { Name = "w" })).Should().Throw<DefinitionException>();

    private static WorkflowBuilder Order() => new WorkflowBuilder("order")
        .Input("id")
        .Task("charge", t => t.Action("a").Input(c => new { x = 1 }).Publish("receipt", 1).Retry(3, TimeSpan.FromSeconds(1)).OnSuccess("ship", c => true))
        .Task("ship", t => t.Action(c => "b"));
}
