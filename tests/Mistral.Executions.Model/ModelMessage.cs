namespace Mistral.Executions.Model;

/// <summary>Something that happens, in the words of the model: tasks are named by their place in the order of creation.</summary>
internal abstract record ModelMessage
{
    private ModelMessage()
    {
    }

    public sealed record Result(int Body, ExecutionState State) : ModelMessage;

    public sealed record Due(TimerKind Kind, int Task) : ModelMessage;

    public sealed record Pause : ModelMessage;

    public sealed record Resume : ModelMessage;

    public sealed record Stop(ExecutionState State) : ModelMessage;

    public sealed record Rerun(int Task, bool Reset) : ModelMessage;

    public sealed record Skip(int Task) : ModelMessage;

    /// <summary>The process dies and another goes on: what was running is run again.</summary>
    public sealed record Crash : ModelMessage;
}
