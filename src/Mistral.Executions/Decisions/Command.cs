using System.Text;

namespace Mistral.Executions.Decisions;

/// <summary>A route that is taken: a task to start, or an engine command to carry out.</summary>
/// <param name="Target">The task or command.</param>
/// <param name="Event">The kind of route.</param>
/// <param name="Message">The message of an engine command, evaluated.</param>
/// <param name="TriggerId">The task execution whose route it is.</param>
internal sealed record Command(string Target, RouteKind Event, JsonData Message, string TriggerId)
{
    public bool IsEngineCommand => EngineCommands.Contains(Target);

    public bool ChangesState => IsEngineCommand && Target != EngineCommands.Noop;

    /// <summary>The task execution that it leads to, once that is settled; <see langword="null"/> when it comes to nothing.</summary>
    public TargetExecution? Execution { get; init; }

    /// <summary>Whether it carries out a route that the record of an ended task names.</summary>
    public bool LeadsTo(NextTask next) => next.Name == Target && next.Event == Event;

    public TaskTrigger Trigger => new(TriggerId, Event);

    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Target = {Target}, Event = {Event}, TriggerId = {TriggerId}");
        return true;
    }
}
