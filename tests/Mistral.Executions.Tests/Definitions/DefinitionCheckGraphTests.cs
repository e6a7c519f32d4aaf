using static Mistral.Executions.Tests.Definitions.DefinitionCheckTests;

namespace Mistral.Executions.Tests.Definitions;

public sealed class DefinitionCheckGraphTests
{
    [Test]
    public void A_route_of_any_kind_to_an_unknown_task_is_refused_with_the_nearest_name()
    {
        RouteDefinition[] routes = [new("ship"), new("shipp"), new("elsewhere")];
        var task = Task("a") with { OnSuccess = routes, OnError = routes, OnComplete = routes, OnSkip = routes };

        var faults = DefinitionCheck.FaultsOf(Direct(task, Task("ship")));

        faults.Select(f => f.Attribute).Should().Equal(
            "on-success[1]", "on-success[2]", "on-error[1]", "on-error[2]", "on-complete[1]", "on-complete[2]", "on-skip[1]", "on-skip[2]");
        faults[0].Reason.Should().Be("'on-success' leads to 'shipp', which is neither a task nor an engine command; did you mean 'ship'?");
        faults[1].Reason.Should().Be("'on-success' leads to 'elsewhere', which is neither a task nor an engine command.");
    }

    [Test]
    public void A_route_to_an_engine_command_is_sound() =>
        DefinitionCheck.FaultsOf(Direct(Task("a", "noop", "fail", "succeed", "pause"))).Should().BeEmpty();

    [Test]
    public void A_join_without_a_route_to_it_can_never_be_met()
    {
        One(Direct(Task("a"), Task("j") with { Join = JoinCondition.All })).Should().Match("*never be met: no route*");
        One(Direct(Task("a"), Task("j") with { Join = JoinCondition.One })).Should().Match("*never be met: no route*");
    }

    [Test]
    public void A_join_of_more_tasks_than_lead_to_it_can_never_be_met()
    {
        DefinitionCheck.FaultsOf(Direct(Task("a", "j"), Task("b", "j"), Task("j") with { Join = new(2) })).Should().BeEmpty();
        One(Direct(Task("a", "j"), Task("b", "j"), Task("j") with { Join = new(3) })).Should().Match("*waits for 3 tasks*only 2*'a', 'b'*");
    }

    [Test]
    public void Several_routes_of_one_task_to_a_join_count_once()
    {
        var a = Task("a", "j") with { OnError = [new("j")] };

        DefinitionCheck.FaultsOf(Direct(a, Task("j") with { Join = JoinCondition.All })).Should().BeEmpty();
        One(Direct(a, Task("j") with { Join = new(2) })).Should().Match("*only 1*");
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void A_join_waits_for_one_task_at_the_least(int count) =>
        One(Direct(Task("a", "j"), Task("j") with { Join = new(count) })).Should().Match($"*waits for {count} routes*");

    [Test]
    public void A_join_of_all_that_waits_for_what_comes_after_it_can_never_be_met()
    {
        One(Direct(Task("a", "j"), Task("j", "b") with { Join = JoinCondition.All }, Task("b", "j"))).Should().EndWith("never be met: it waits for 'b', which can never run before it.");
        One(Direct(Task("a", "j"), Task("j", "j") with { Join = JoinCondition.All })).Should().Match("*waits for 'j'*");
    }

    [Test]
    public void A_join_that_is_met_without_what_comes_after_it_is_sound()
    {
        DefinitionCheck.FaultsOf(Direct(Task("a", "j"), Task("j", "b") with { Join = JoinCondition.One }, Task("b", "j"))).Should().BeEmpty();
        DefinitionCheck.FaultsOf(Direct(Task("a", "j", "b"), Task("j", "b") with { Join = JoinCondition.All }, Task("b", "j"))).Should().BeEmpty();
    }

    [Test]
    public void A_join_of_all_that_waits_for_tasks_that_nothing_starts_can_never_be_met() =>
        One(Direct(Task("a", "j"), Task("x", "y"), Task("y", "x", "j"), Task("j") with { Join = JoinCondition.All })).Should().Match("*waits for 'y'*");

    [Test]
    public void Joins_that_wait_for_each_other_can_never_be_met()
    {
        var faults = DefinitionCheck.FaultsOf(Direct(
            Task("a", "j1", "j2"),
            Task("j1", "j2") with { Join = JoinCondition.All },
            Task("j2", "j1") with { Join = JoinCondition.All }));

        faults.Select(f => f.Reason).Should().SatisfyRespectively(
            one => one.Should().Contain("waits for 'j2'"),
            two => two.Should().Contain("waits for 'j1'"));
    }

    [Test]
    public void Joins_that_other_tasks_can_meet_may_also_wait_for_each_other() =>
        DefinitionCheck.FaultsOf(Direct(
            Task("a", "j1", "j2"),
            Task("b", "j1"),
            Task("j1", "j2") with { Join = new(2) },
            Task("j2", "j1") with { Join = JoinCondition.All })).Should().BeEmpty();

    [Test]
    public void A_join_of_100_000_tasks_is_checked() =>
        DefinitionCheck.FaultsOf(Direct([.. Enumerable.Range(0, 100_000).Select(i => Task($"t{i}", "j")), Task("j") with { Join = JoinCondition.All }])).Should().BeEmpty();

    [Test]
    public void A_cycle_with_a_way_in_is_sound() =>
        DefinitionCheck.FaultsOf(Direct(Task("a", "b"), Task("b", "c"), Task("c", "b"))).Should().BeEmpty();

    [Test]
    public void A_direct_workflow_has_no_required_tasks() =>
        One(Direct(Task("a"), Task("b") with { Requires = ["a"] })).Should().Match("*direct workflow has no 'requires'*");

    [Test]
    public void A_reverse_workflow_has_neither_routes_nor_joins()
    {
        One(Reverse(Task("a"), Task("b", "a"))).Should().Match("*reverse workflow has no routes such as 'on-success'*");
        One(Reverse(Task("a"), Task("b") with { Join = JoinCondition.All })).Should().Match("*reverse workflow has no joins*");
    }

    [Test]
    public void A_required_task_must_exist()
    {
        var faults = DefinitionCheck.FaultsOf(Reverse(Task("fetch"), Task("b") with { Requires = ["fetch", "fetsh", "fail"] }));

        faults.Select(f => f.Attribute).Should().Equal("requires[1]", "requires[2]");
        faults[0].Reason.Should().Match("*'fetsh'*did you mean 'fetch'?");
        faults[1].Reason.Should().Match("*'fail', which is no task*");
    }

    [Test]
    public void Tasks_that_require_each_other_in_a_circle_are_refused_once_with_the_circle()
    {
        var fault = One(Reverse(Requiring("x", "a"), Requiring("a", "b"), Requiring("b", "c"), Requiring("c", "a"), Requiring("y", "c")));

        fault.Should().EndWith("a → b → c → a.");
        One(Reverse(Requiring("a", "a"))).Should().EndWith("a → a.");
    }

    [Test]
    public void Two_circles_are_two_faults() =>
        DefinitionCheck.FaultsOf(Reverse(Requiring("a", "b"), Requiring("b", "a"), Requiring("c", "d", "a"), Requiring("d", "c"))).Should().HaveCount(2);

    [Test]
    public void A_task_required_on_several_ways_is_sound() =>
        DefinitionCheck.FaultsOf(Reverse(Requiring("d", "b", "c"), Requiring("b", "a"), Requiring("c", "a", "b"), Requiring("a"))).Should().BeEmpty();

    [Test]
    public void A_chain_of_100_000_required_tasks_is_checked()
    {
        var tasks = Enumerable.Range(0, 100_000).Select(i => Requiring($"t{i}", i == 0 ? [] : [$"t{i - 1}"])).Reverse().ToArray();

        DefinitionCheck.FaultsOf(Reverse(tasks)).Should().BeEmpty();
    }

    private static WorkflowContent Direct(params TaskDefinition[] tasks) => new() { Name = "order", Tasks = tasks };

    private static WorkflowContent Reverse(params TaskDefinition[] tasks) => Direct(tasks) with { Type = WorkflowType.Reverse };

    private static TaskDefinition Requiring(string name, params string[] required) => Task(name) with { Requires = required };
}
