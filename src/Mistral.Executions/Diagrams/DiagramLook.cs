namespace Mistral.Executions.Diagrams;

/// <summary>The colours of a node or frame.</summary>
/// <param name="Name">How the style is called inside of the diagram.</param>
/// <param name="Fill">The colour of the surface.</param>
/// <param name="Stroke">The colour of the border.</param>
/// <param name="IsDashed">Whether the border is dashed.</param>
internal sealed record DiagramLook(string Name, string Fill, string Stroke, bool IsDashed = false)
{
    public const string Text = "#1f2328";
    public const string Faint = "#8c959f";

    /// <summary>Something that stands in a definition.</summary>
    public static DiagramLook Plain { get; } = new("plain", "#f6f8fa", "#57606a");

    /// <summary>Something that an execution has not come to.</summary>
    public static DiagramLook NotReached { get; } = new("notReached", "#ffffff", Faint, IsDashed: true);

    public static DiagramLook Of(ExecutionState state) => state switch
    {
        ExecutionState.Idle => new("idle", "#eef1f4", "#8c959f"),
        ExecutionState.Waiting => new("waiting", "#eef1f4", "#6e7781"),
        ExecutionState.Running => new("running", "#cfe6ff", "#0969da"),
        ExecutionState.RunningDelayed => new("delayed", "#e2effd", "#0969da", IsDashed: true),
        ExecutionState.Paused => new("paused", "#fff3bf", "#9a6700"),
        ExecutionState.Success => new("success", "#d3f3da", "#1a7f37"),
        ExecutionState.Error => new("error", "#ffd9d6", "#cf222e"),
        ExecutionState.Cancelled => new("cancelled", "#e7dff7", "#8250df"),
        _ => new("skipped", "#fbe3cf", "#bc4c00"),
    };
}
