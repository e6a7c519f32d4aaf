using Mistral.Executions.Decisions;
using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Tests.Decisions;

public sealed class ChangeSetTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_record_is_written_once_as_it_is_last_and_is_new_when_it_was_new_at_first()
    {
        var changes = new ChangeSet();
        changes.Add(Action("1", Running), isNew: true);
        changes.Add(Action("2", Running), isNew: false);
        changes.Add(Action("1", Success), isNew: false);

        var stored = changes.ToChanges("tree", "me", 7);

        stored.NewActions.Should().ContainSingle().Which.State.Should().Be(Success);
        stored.Actions.Should().ContainSingle().Which.Id.Should().Be("2");
        (stored.TreeId, stored.OwnerId, stored.Epoch).Should().Be(("tree", "me", 7));
        changes.IsNew("1").Should().BeTrue();
        changes.IsNew("2").Should().BeFalse();
        changes.IsNew("3").Should().BeFalse();
    }

    [Test]
    public void It_is_empty_until_something_is_to_be_written()
    {
        new ChangeSet().IsEmpty.Should().BeTrue();
        With(c => c.Add(Action("1", Running), isNew: true)).IsEmpty.Should().BeFalse();
        With(c => c.SetTimer(Timer("t"))).IsEmpty.Should().BeFalse();
        With(c => c.EndTimer("t")).IsEmpty.Should().BeFalse();
        With(c => c.Add(Entry("h"))).IsEmpty.Should().BeFalse();
        With(c =>
        {
            c.SetTimer(Timer("t"));
            c.EndTimer("t");
        }).IsEmpty.Should().BeTrue("a timer that came and went was never written");
    }

    [Test]
    public void A_timer_that_was_moved_and_ended_is_taken_from_the_store()
    {
        var changes = With(c =>
        {
            c.MoveTimer(Timer("moved"));
            c.EndTimer("moved");
            c.SetTimer(Timer("new"));
            c.MoveTimer(Timer("new", minutes: 5));
        });

        changes.EndedTimers.Should().Equal("moved");
        changes.NewTimers.Should().ContainSingle().Which.DueAt.Should().Be(Now.AddMinutes(5));
        changes.EndTimer("new");
        changes.EndedTimers.Should().Equal(["moved"], "the other one was never in the store");
    }

    [Test]
    public void A_later_decision_on_the_same_tree_adds_to_it()
    {
        var definition = new WorkflowBuilder("wf").Task("a").Build();
        var changes = With(c =>
        {
            c.Add(Action("1", Running), isNew: true);
            c.SetTimer(Timer("gone"));
            c.SetTimer(Timer("shifted"));
            c.Use(definition);
        });
        var later = With(c =>
        {
            c.IsNewTree = true;
            c.Add(Action("1", Success), isNew: false);
            c.Add(Action("2", Running), isNew: true);
            c.EndTimer("gone");
            c.EndTimer("old");
            c.SetTimer(Timer("set"));
            c.MoveTimer(Timer("shifted", minutes: 5));
            c.MoveTimer(Timer("stored", minutes: 5));
            c.Add(Entry("h"));
            c.Use(definition);
        });

        changes.Add(later);
        changes.Add(new ChangeSet());

        var stored = changes.ToChanges("tree", "me", 7);
        stored.IsNewTree.Should().BeTrue();
        stored.NewActions.Select(a => (a.Id, a.State)).Should().Equal(("1", Success), ("2", Running));
        stored.EndedTimers.Should().Equal("old");
        stored.NewTimers.Select(t => t.Id).Should().BeEquivalentTo("set", "shifted", "stored");
        stored.NewTimers.Single(t => t.Id == "shifted").DueAt.Should().Be(Now.AddMinutes(5));
        stored.History.Should().ContainSingle();
        stored.Definitions.Should().ContainSingle().Which.Name.Should().Be("wf");
        changes.EndTimer("shifted");
        changes.EndTimer("stored");
        changes.EndedTimers.Should().BeEquivalentTo("old", "stored");
    }

    [Test]
    public void Nothing_changed_is_nothing_to_write()
    {
        var stored = new ChangeSet().ToChanges("tree", "me", 7);

        stored.NewWorkflows.Should().BeEmpty();
        stored.Tasks.Should().BeEmpty();
        stored.History.Should().BeEmpty();
        stored.Definitions.Should().BeEmpty();
        stored.NewTimers.Should().BeEmpty();
        stored.EndedTimers.Should().BeEmpty();
        stored.IsNewTree.Should().BeFalse();
    }

    private static ChangeSet With(Action<ChangeSet> change)
    {
        var changes = new ChangeSet();
        change(changes);
        return changes;
    }

    private static ActionExecution Action(string id, ExecutionState state) => new() { Id = id, Name = "std.noop", State = state };

    private static ExecutionTimer Timer(string id, int minutes = 0) => new() { Id = id, TreeId = "tree", ExecutionId = "1", Kind = TimerKind.TaskTimeout, DueAt = Now.AddMinutes(minutes) };

    private static HistoryEntry Entry(string id) => new(id, "tree", "1", Now, "paused", null);
}
