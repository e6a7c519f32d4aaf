using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Tests.StateMachine;

public sealed class TransitionTableTests
{
    // Written apart from the product's tables, one line a state: X where the change is legal.
    // To:            IDLE WAIT RUN DELAY PAUSE SUCC ERR CANC SKIP
    private static readonly string[] Workflow =
    [
        /* IDLE    */ "..X...XX.",
        /* WAITING */ ".........",
        /* RUNNING */ "....XXXX.",
        /* DELAYED */ ".........",
        /* PAUSED  */ "..X...XX.",
        /* SUCCESS */ ".........",
        /* ERROR   */ "..X......",
        /* CANCEL. */ "..X......",
        /* SKIPPED */ ".........",
    ];

    private static readonly string[] Task =
    [
        /* IDLE    */ "..XX.XXX.",
        /* WAITING */ "..XX.XXX.",
        /* RUNNING */ "XX.XXXXX.",
        /* DELAYED */ "XXX.XXXX.",
        /* PAUSED  */ ".XXX.XXX.",
        /* SUCCESS */ ".........",
        /* ERROR   */ ".XX.....X",
        /* CANCEL. */ ".XX.....X",
        /* SKIPPED */ ".........",
    ];

    private static readonly string[] Action =
    [
        /* IDLE    */ ".........",
        /* WAITING */ ".........",
        /* RUNNING */ "....XXXX.",
        /* DELAYED */ ".........",
        /* PAUSED  */ "..X..XXX.",
        /* SUCCESS */ ".........",
        /* ERROR   */ ".........",
        /* CANCEL. */ ".........",
        /* SKIPPED */ ".........",
    ];

    private static readonly ExecutionState[] Order = [Idle, Waiting, Running, RunningDelayed, Paused, Success, Error, Cancelled, Skipped];

    [Test]
    public void A_change_of_state_is_legal_exactly_where_the_table_says_so(
        [Values] ExecutionKind kind,
        [Values] ExecutionState from,
        [Values] ExecutionState to)
    {
        var legal = Expected(kind)[Array.IndexOf(Order, from)][Array.IndexOf(Order, to)] == 'X';

        ExecutionStateMachine.CanMove(kind, from, to).Should().Be(legal);
        ExecutionStateMachine.Transitions(kind).From(from).Contains(to).Should().Be(legal);
    }

    [Test]
    public void A_change_leads_only_to_a_state_that_the_kind_has([Values] ExecutionKind kind)
    {
        var table = ExecutionStateMachine.Transitions(kind);

        table.Kind.Should().Be(kind);
        table.States.Should().OnlyHaveUniqueItems();
        foreach (var from in ExecutionStates.All)
        {
            table.From(from).Should().OnlyHaveUniqueItems().And.BeSubsetOf(table.States);
            if (!table.States.Contains(from))
            {
                table.From(from).Should().BeEmpty();
            }
        }
    }

    [Test]
    public void No_state_follows_itself([Values] ExecutionKind kind, [Values] ExecutionState state) =>
        ExecutionStateMachine.CanMove(kind, state, state).Should().BeFalse();

    [Test]
    public void A_kind_that_does_not_exist_is_refused() =>
        FluentActions.Invoking(() => ExecutionStateMachine.Transitions((ExecutionKind)7)).Should().Throw<ArgumentOutOfRangeException>();

    internal static string[] Expected(ExecutionKind kind) => kind switch
    {
        ExecutionKind.Workflow => Workflow,
        ExecutionKind.Task => Task,
        _ => Action,
    };
}
