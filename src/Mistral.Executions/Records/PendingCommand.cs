using System.Text;

namespace Mistral.Executions;

/// <summary>A route that was taken while its workflow execution was paused, kept until it is resumed.</summary>
/// <param name="Target">The task or engine command the route leads to.</param>
/// <param name="Message">The message of an engine command, evaluated.</param>
/// <param name="Trigger">The task execution whose route it is.</param>
public sealed record PendingCommand(string Target, JsonData Message, TaskTrigger Trigger)
{
    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Target = {Target}, Trigger = {Trigger}");
        return true;
    }
}
