using Mistral.Executions.Decisions;
using Mistral.Executions.Model;
using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Tests.Decisions;

/// <summary>That what must hold of a tree is missed where it does not.</summary>
public sealed class TreeInvariantTests
{
    [Test]
    public void A_tree_that_is_right_violates_nothing_and_equals_itself()
    {
        var tree = Waiting().Tree;

        TreeInvariants.Violations(tree).Should().BeEmpty();
        TreeInvariants.Differences(tree, tree).Should().BeEmpty();
    }

    [Test]
    public void Every_counter_is_compared_with_a_recount()
    {
        var tree = Waiting().Tree;
        var node = tree.WorkflowNode("root");
        WorkflowNode[] wrong =
        [
            node with { Open = node.Open + 1 },
            node with { Errors = node.Errors + 1 },
            node with { UnhandledErrors = node.UnhandledErrors + 1 },
            node with { Cancelled = node.Cancelled + 1 },
            node with { Waiting = node.Waiting.Add(99) },
        ];

        wrong.Should().OnlyContain(n => TreeInvariants.Violations(tree, n).Single().Contains("a counter of its tasks differs from a recount", StringComparison.Ordinal));
    }

    [Test]
    public void A_join_that_is_counted_wrong_is_named()
    {
        var shell = Waiting();
        var other = new WorkflowBuilder("other")
            .Task("a", t => t.OnSuccess("k")).Task("b", t => t.OnSuccess("j")).Task("j", t => t.JoinAll()).Task("k", t => t.JoinAll()).Build();
        var node = shell.Tree.WorkflowNode("root") with { Progress = RouteProgress.Of(other.Graph, [shell.Task("a")], _ => null) };

        TreeInvariants.Violations(shell.Tree, node).Should().ContainSingle().Which.Should().Contain("the join 'j' is counted as");
    }

    [Test]
    public void A_timer_in_a_workflow_execution_that_has_ended_is_named()
    {
        var shell = Waiting();
        var tree = shell.Tree.With(new ExecutionTimer { Id = "t", TreeId = "root", ExecutionId = shell.Task("b").Id, Kind = TimerKind.TaskTimeout, DueAt = shell.Now });
        var node = tree.WorkflowNode("root");

        TreeInvariants.Violations(tree).Should().BeEmpty("the workflow execution runs");
        TreeInvariants.Violations(tree, node with { Record = node.Record with { State = Error } })
            .Should().ContainSingle().Which.Should().Contain("a timer is set for its task 'b'");
    }

    [Test]
    public void Items_that_do_not_add_up_are_named()
    {
        var shell = new DecisionShell(new WorkflowBuilder("wf")
            .Task("a", t => t.WithItems("i", _ => JsonList.Create([1, 2])).Concurrency(1).Action("std.async_noop"))
            .Build()).Run("wf");
        var task = shell.Task("a");
        var items = task.Items!;
        ItemProgress[] wrong =
        [
            items with { Running = -1 },
            items with { Next = 3 },
            items with { Succeeded = 3 },
            items with { Running = 2 },
            items with { Running = 0 },
        ];

        TreeInvariants.Violations(shell.Tree).Should().BeEmpty();
        Array.ConvertAll(wrong, i => shell.Tree.With(task with { Items = i }))
            .Should().OnlyContain(t => TreeInvariants.Violations(t).Single().Contains("do not add up", StringComparison.Ordinal));
    }

    [Test]
    public void A_child_that_is_not_at_hand_is_named()
    {
        var shell = Waiting();
        var node = shell.Tree.TaskNode(shell.Task("b").Id);

        TreeInvariants.Violations(shell.Tree, node with { Children = node.Children.With("nobody") })
            .Should().ContainSingle().Which.Should().Contain("'b' has a child nobody that is not at hand");
    }

    [Test]
    public void What_only_one_of_two_trees_has_is_a_difference()
    {
        var shell = Waiting();
        var before = shell.Tree;
        shell.Complete("b", ActionResult.Success(default));

        TreeInvariants.Differences(before, shell.Tree).Should().Contain(d => d.StartsWith("only in the first: ", StringComparison.Ordinal))
            .And.Contain(d => d.StartsWith("only in the second: ", StringComparison.Ordinal));
    }

    /// <summary>A join that one task has led to, while another runs.</summary>
    private static DecisionShell Waiting() => new DecisionShell(new WorkflowBuilder("wf")
        .Task("a", t => t.Action("std.noop").OnSuccess("j"))
        .Task("b", t => t.Action("std.async_noop").OnSuccess("j"))
        .Task("j", t => t.JoinAll())
        .Build()).Run("wf");
}
