namespace Mistral.Executions;

/// <summary>A time as a record keeps it, or none: a number takes a third of the room, and records are made again and again.</summary>
internal readonly record struct RecordTime
{
    // One more than the ticks of UTC, so that what was never set is none.
    private readonly long _number;

    public RecordTime(DateTimeOffset? time) => _number = time is { } given ? given.UtcTicks + 1 : 0;

    /// <summary>The time, when there is one.</summary>
    public DateTimeOffset? Optional => _number == 0 ? null : new DateTimeOffset(_number - 1, TimeSpan.Zero);

    /// <summary>The time; that of the beginning of all times when there is none.</summary>
    public DateTimeOffset Time => Optional ?? default;
}
