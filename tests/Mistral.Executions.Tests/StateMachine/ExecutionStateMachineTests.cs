namespace Mistral.Executions.Tests.StateMachine;

public sealed class ExecutionStateMachineTests
{
    private static readonly DateTimeOffset Before = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Before.AddMinutes(7);

    [Test]
    public void A_move_is_done_or_refused_as_the_table_says_for_every_kind_and_pair_of_states(
        [Values] ExecutionKind kind,
        [Values] ExecutionState from,
        [Values] ExecutionState to)
    {
        IExecution execution = kind switch
        {
            ExecutionKind.Workflow => Workflow(from),
            ExecutionKind.Task => Task(from),
            _ => Action(from),
        };
        var move = execution.Invoking(e => Move(e, to, "why"));

        if (!ExecutionStateMachine.CanMove(kind, from, to))
        {
            var exception = move.Should().Throw<InvalidStateTransitionException>().Which;
            exception.ExecutionKind.Should().Be(kind);
            exception.ExecutionId.Should().Be("id-1");
            exception.From.Should().Be(from);
            exception.To.Should().Be(to);
            exception.Message.Should().ContainAll(kind.ToString().ToLowerInvariant(), "id-1", "the name", from.ToWireName(), to.ToWireName());
            return;
        }

        var moved = move.Should().NotThrow().Subject;
        moved.State.Should().Be(to);
        moved.StateInfo.Should().Be("why");
        moved.FinishedAt.Should().Be(to.IsCompleted() ? Now : null);
        moved.CreatedAt.Should().Be(Before);
        moved.Id.Should().Be("id-1");
    }

    [Test]
    public void The_record_that_is_moved_stays_as_it_was()
    {
        var task = Task(ExecutionState.Running);

        ExecutionStateMachine.Move(task, ExecutionState.Error, Now, "why");

        task.Should().Be(Task(ExecutionState.Running));
    }

    [Test]
    public void A_move_without_a_reason_clears_the_old_one()
    {
        ExecutionStateMachine.Move(Workflow(ExecutionState.Paused) with { StateInfo = "old" }, ExecutionState.Running, Now).StateInfo.Should().BeNull();
        ExecutionStateMachine.Move(Task(ExecutionState.Error) with { StateInfo = "old" }, ExecutionState.Running, Now).StateInfo.Should().BeNull();
        ExecutionStateMachine.Move(Action(ExecutionState.Paused) with { StateInfo = "old" }, ExecutionState.Running, Now).StateInfo.Should().BeNull();
    }

    [TestCase(ExecutionState.Success, true)]
    [TestCase(ExecutionState.Error, true)]
    [TestCase(ExecutionState.Cancelled, true)]
    [TestCase(ExecutionState.Paused, false)]
    public void The_result_is_accepted_when_the_execution_has_ended(ExecutionState to, bool accepted)
    {
        ExecutionStateMachine.Move(Workflow(ExecutionState.Running), to, Now).Accepted.Should().Be(accepted);
        ExecutionStateMachine.Move(Action(ExecutionState.Running), to, Now).Accepted.Should().Be(accepted);
    }

    [Test]
    public void Running_again_takes_the_acceptance_and_the_time_of_the_end_back()
    {
        var ended = Workflow(ExecutionState.Error) with { Accepted = true, FinishedAt = Before };

        var running = ExecutionStateMachine.Move(ended, ExecutionState.Running, Now);

        running.Accepted.Should().BeFalse();
        running.FinishedAt.Should().BeNull();
        running.UpdatedAt.Should().Be(Now);
    }

    [TestCase(ExecutionState.Idle)]
    [TestCase(ExecutionState.Waiting)]
    [TestCase(ExecutionState.Error)]
    [TestCase(ExecutionState.Cancelled)]
    public void A_task_starts_when_it_begins_to_run(ExecutionState from) =>
        ExecutionStateMachine.Move(Task(from) with { StartedAt = Before }, ExecutionState.Running, Now).StartedAt.Should().Be(Now);

    [TestCase(ExecutionState.RunningDelayed)]
    [TestCase(ExecutionState.Paused)]
    public void A_task_that_goes_on_after_a_delay_or_pause_keeps_the_time_of_its_start(ExecutionState from) =>
        ExecutionStateMachine.Move(Task(from) with { StartedAt = Before }, ExecutionState.Running, Now).StartedAt.Should().Be(Before);

    [Test]
    public void A_task_that_was_delayed_before_it_ever_ran_starts_when_it_runs() =>
        ExecutionStateMachine.Move(Task(ExecutionState.RunningDelayed), ExecutionState.Running, Now).StartedAt.Should().Be(Now);

    [Test]
    public void The_end_of_a_task_does_not_touch_the_time_of_its_start()
    {
        var ended = ExecutionStateMachine.Move(Task(ExecutionState.Running) with { StartedAt = Before }, ExecutionState.Success, Now);

        ended.StartedAt.Should().Be(Before);
        ended.UpdatedAt.Should().Be(Now);
    }

    [Test]
    public void A_null_record_is_refused()
    {
        FluentActions.Invoking(() => ExecutionStateMachine.Move((WorkflowExecution)null!, ExecutionState.Running, Now)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => ExecutionStateMachine.Move((TaskExecution)null!, ExecutionState.Running, Now)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => ExecutionStateMachine.Move((ActionExecution)null!, ExecutionState.Running, Now)).Should().Throw<ArgumentNullException>();
    }

    private static IExecution Move(IExecution execution, ExecutionState to, string info) => execution switch
    {
        WorkflowExecution workflow => ExecutionStateMachine.Move(workflow, to, Now, info),
        TaskExecution task => ExecutionStateMachine.Move(task, to, Now, info),
        _ => ExecutionStateMachine.Move((ActionExecution)execution, to, Now, info),
    };

    private static WorkflowExecution Workflow(ExecutionState state) =>
        new() { Id = "id-1", Name = "the name", DefinitionHash = "", RootExecutionId = "id-1", State = state, CreatedAt = Before };

    private static TaskExecution Task(ExecutionState state) =>
        new() { Id = "id-1", Name = "the name", WorkflowExecutionId = "", RootExecutionId = "", WorkflowName = "", State = state, CreatedAt = Before };

    private static ActionExecution Action(ExecutionState state) => new() { Id = "id-1", Name = "the name", State = state, CreatedAt = Before };
}
