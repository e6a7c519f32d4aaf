using System.Text;

namespace Mistral.Executions;

/// <summary>
/// Where the inbound data of a task come from. The data themselves are kept as what each task published, so that a step
/// writes no copy of them; where several branches came together, or the way back has become long, a snapshot is kept.
/// </summary>
public sealed record ContextOrigin
{
    /// <summary>No data.</summary>
    public static ContextOrigin Empty { get; } = new();

    /// <summary>The task execution whose outbound data these are; <see langword="null"/> for no data, or with a snapshot.</summary>
    public string? TaskExecutionId { get; init; }

    /// <summary>How many task executions one must look at, going back, to find all data.</summary>
    public int Depth { get; init; }

    /// <summary>The data with their versions; <see langword="null"/> when they are found by going back.</summary>
    public JsonMap? Snapshot { get; init; }

    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"TaskExecutionId = {TaskExecutionId}, Depth = {Depth}");
        return true;
    }
}
