namespace Mistral.Executions.Cli.Rendering;

/// <summary>How states look to people: a sign and a colour each, so that they can be told apart without colours too.</summary>
internal static class StateLook
{
    public static string Markup(ExecutionState state) => $"[{Colour(state)}]{Sign(state)} {state.ToWireName()}[/]";

    public static string SignOnly(ExecutionState state) => $"[{Colour(state)}]{Sign(state)}[/]";

    public static string Colour(ExecutionState state) => state switch
    {
        ExecutionState.Running => "deepskyblue1",
        ExecutionState.RunningDelayed => "skyblue3",
        ExecutionState.Paused => "yellow",
        ExecutionState.Success => "green",
        ExecutionState.Error => "red",
        ExecutionState.Cancelled => "mediumpurple",
        ExecutionState.Skipped => "orange1",
        _ => "grey",
    };

    private static string Sign(ExecutionState state) => state switch
    {
        ExecutionState.Idle => "○",
        ExecutionState.Waiting => "◌",
        ExecutionState.Running => "▶",
        ExecutionState.RunningDelayed => "◷",
        ExecutionState.Paused => "‖",
        ExecutionState.Success => "✔",
        ExecutionState.Error => "✘",
        ExecutionState.Cancelled => "⊘",
        _ => "↷",
    };
}
