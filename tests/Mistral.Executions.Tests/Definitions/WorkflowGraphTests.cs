using static Mistral.Executions.Tests.Definitions.DefinitionCheckTests;

namespace Mistral.Executions.Tests.Definitions;

public sealed class WorkflowGraphTests
{
    private static readonly TaskDefinition[] Tasks =
    [
        Task("start", "b", "b", "fail") with { OnError = [new("c")], OnComplete = [new("j")], OnSkip = [new("d")] },
        Task("b", "j"),
        Task("c", "after"),
        Task("d", "d"),
        Task("j", "after") with { Join = JoinCondition.All },
        Task("after"),
        Task("alone"),
    ];

    private static readonly WorkflowGraph Graph = new(new WorkflowContent { Name = "w", Tasks = Tasks });

    [Test]
    public void Tasks_that_nothing_leads_to_are_those_to_start_with() =>
        Graph.StartTasks.Select(t => t.Name).Should().Equal("start", "alone");

    [Test]
    public void Each_task_that_one_leads_to_stands_once_and_engine_commands_do_not() =>
        Graph.Outbound("start").Should().Equal("b", "c", "j", "d");

    [Test]
    public void The_tasks_that_lead_to_one_stand_in_the_order_of_the_definition()
    {
        Graph.Inbound("j").Should().Equal("start", "b");
        Graph.Inbound("after").Should().Equal("c", "j");
        Graph.Inbound("d").Should().Equal("start", "d");
        Graph.Inbound("start").Should().BeEmpty();
    }

    [Test]
    public void A_name_that_is_no_task_leads_nowhere()
    {
        Graph.Inbound("fail").Should().BeEmpty();
        Graph.Outbound("fail").Should().BeEmpty();
    }

    [Test]
    public void Joins_and_all_tasks_on_a_way_to_one_are_tracked() =>
        Graph.Tracked.Should().BeEquivalentTo("start", "b", "j");

    [Test]
    public void All_tasks_of_a_reverse_workflow_are_tracked() =>
        new WorkflowGraph(new() { Name = "w", Type = WorkflowType.Reverse, Tasks = [Task("a"), Task("b")] }).Tracked.Should().BeEquivalentTo("a", "b");

    [Test]
    public void A_join_is_told_from_other_tasks()
    {
        Graph.IsJoin("j").Should().BeTrue();
        Graph.IsJoin("after").Should().BeFalse();
    }
}
