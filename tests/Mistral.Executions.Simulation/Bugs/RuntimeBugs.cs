using Mistral.Executions.Decisions;
using Mistral.Executions.Runtime;

namespace Mistral.Executions.Simulation.Bugs;

/// <summary>Schedulers, clocks and sources of ids that make an engine behave as one with a bug does.</summary>
internal static class RuntimeBugs
{
    /// <summary>Loses a piece of work now and then, as one that wakes nobody does.</summary>
    public sealed class LosesWork(IRuntimeScheduler inner) : IRuntimeScheduler
    {
        private int _count;

        public TaskScheduler Bodies => inner.Bodies;

        public void Schedule(RuntimeWork work)
        {
            if (work is not TreeMailbox || ++_count % 5 != 0)
            {
                inner.Schedule(work);
            }
        }
    }

    /// <summary>Lets no timer that is set be set to an earlier time.</summary>
    public sealed class MovesNoTimer(TimeProvider inner) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override long GetTimestamp() => inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Once(inner.CreateTimer(callback, state, dueTime, period));

        private sealed class Once(ITimer inner) : ITimer
        {
            private int _changes;

            public bool Change(TimeSpan dueTime, TimeSpan period) => ++_changes > 5 || inner.Change(dueTime, period);

            public void Dispose() => inner.Dispose();

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }

    /// <summary>Fails now and then, as a decision that meets what nobody has thought of.</summary>
    public sealed class FailsAtTimes(IIdSource inner) : IIdSource
    {
        private int _count;

        public string NewId(DateTimeOffset now) => ++_count % 20 == 0 ? throw new InvalidOperationException("Nobody has thought of this.") : inner.NewId(now);

        public double NextFraction() => inner.NextFraction();
    }

    /// <summary>Takes its chance from elsewhere.</summary>
    public sealed class TakesOtherChance : IIdSource
    {
        public string NewId(DateTimeOffset now) => Guid.NewGuid().ToString();

        public double NextFraction() => Random.Shared.NextDouble();
    }
}
