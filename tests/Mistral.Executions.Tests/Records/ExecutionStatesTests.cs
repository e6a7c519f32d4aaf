namespace Mistral.Executions.Tests.Records;

public sealed class ExecutionStatesTests
{
    [TestCase(ExecutionState.Idle, "IDLE", false)]
    [TestCase(ExecutionState.Waiting, "WAITING", false)]
    [TestCase(ExecutionState.Running, "RUNNING", false)]
    [TestCase(ExecutionState.RunningDelayed, "RUNNING_DELAYED", false)]
    [TestCase(ExecutionState.Paused, "PAUSED", false)]
    [TestCase(ExecutionState.Success, "SUCCESS", true)]
    [TestCase(ExecutionState.Error, "ERROR", true)]
    [TestCase(ExecutionState.Cancelled, "CANCELLED", true)]
    [TestCase(ExecutionState.Skipped, "SKIPPED", true)]
    public void Each_state_has_its_wire_name_and_is_an_end_or_not(ExecutionState state, string wireName, bool isEnd)
    {
        state.ToWireName().Should().Be(wireName);
        ExecutionStates.Parse(wireName).Should().Be(state);
        ExecutionStates.TryParse(wireName, out var parsed).Should().BeTrue();
        parsed.Should().Be(state);
        state.IsCompleted().Should().Be(isEnd);
    }

    [Test]
    public void All_states_are_listed() => ExecutionStates.All.Should().Equal(Enum.GetValues<ExecutionState>()).And.HaveCount(9);

    [Test]
    public void The_short_name_that_Mistral_writes_is_read_as_RUNNING_DELAYED() =>
        ExecutionStates.Parse("DELAYED").Should().Be(ExecutionState.RunningDelayed);

    [TestCase(null)]
    [TestCase("")]
    [TestCase("running")]
    [TestCase("RUNNING ")]
    [TestCase("2")]
    public void Any_other_text_is_not_the_name_of_a_state(string? wireName)
    {
        ExecutionStates.TryParse(wireName, out _).Should().BeFalse();
        FluentActions.Invoking(() => ExecutionStates.Parse(wireName!)).Should().Throw<FormatException>();
    }
}
