using System.Diagnostics.CodeAnalysis;

namespace Mistral.Executions;

/// <summary>Wire names and classes of <see cref="ExecutionState"/>.</summary>
public static class ExecutionStates
{
    private static readonly string[] WireNames =
        ["IDLE", "WAITING", "RUNNING", "RUNNING_DELAYED", "PAUSED", "SUCCESS", "ERROR", "CANCELLED", "SKIPPED"];

    /// <summary>Every state, in the order of the enumeration.</summary>
    public static IReadOnlyList<ExecutionState> All { get; } = Enum.GetValues<ExecutionState>();

    /// <summary>The name of the state as stores and expressions write it, such as <c>RUNNING_DELAYED</c>.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The name.</returns>
    public static string ToWireName(this ExecutionState state) => WireNames[(int)state];

    /// <summary>Reads a wire name. <c>DELAYED</c>, which Mistral's own code writes, is read as <c>RUNNING_DELAYED</c>.</summary>
    /// <param name="wireName">The name, upper case.</param>
    /// <param name="state">The state.</param>
    /// <returns>Whether it is the name of a state.</returns>
    public static bool TryParse([NotNullWhen(true)] string? wireName, out ExecutionState state)
    {
        var place = wireName == "DELAYED" ? (int)ExecutionState.RunningDelayed : Array.IndexOf(WireNames, wireName);
        state = place < 0 ? default : (ExecutionState)place;
        return place >= 0;
    }

    /// <summary>Reads a wire name.</summary>
    /// <param name="wireName">The name, upper case.</param>
    /// <returns>The state.</returns>
    /// <exception cref="FormatException">It is not the name of a state.</exception>
    public static ExecutionState Parse(string wireName) =>
        TryParse(wireName, out var state) ? state : throw new FormatException($"'{wireName}' is not the name of an execution state.");

    /// <summary>Whether the state is an end: SUCCESS, ERROR, CANCELLED or SKIPPED.</summary>
    /// <param name="state">The state.</param>
    /// <returns><see langword="true"/> when it is.</returns>
    public static bool IsCompleted(this ExecutionState state) => state >= ExecutionState.Success;
}
