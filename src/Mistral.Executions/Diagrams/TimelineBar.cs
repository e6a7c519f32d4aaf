namespace Mistral.Executions.Diagrams;

/// <summary>A part of the time of a task, in which one thing was so.</summary>
internal sealed record TimelineBar(TimelineBarKind Kind, DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;
}
