using Mistral.Executions.Runtime;

namespace Mistral.Executions.Tests.Runtime;

public sealed class BodyClockTests
{
    [Test]
    public void A_body_counts_as_under_way_until_its_timer_is_set()
    {
        var tracker = new WorkTracker(ThreadPoolScheduler.Instance);
        tracker.Begin();
        var time = new AskingTime(() => tracker.WhenIdleAsync().IsCompleted);

        var timer = new BodyClock(time, tracker).CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        tracker.WhenIdleAsync().IsCompleted.Should().BeTrue("now it waits for the clock");
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        tracker.WhenIdleAsync().IsCompleted.Should().BeFalse("it waits no more");
        timer.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);

        tracker.WhenIdleAsync().IsCompleted.Should().BeTrue("it waits again");
        time.Answers.Should().Equal(false, false, false);
    }

    /// <summary>A clock that asks something whenever a timer is about to be set.</summary>
    private sealed class AskingTime(Func<bool> ask) : TimeProvider
    {
        public List<bool> Answers { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Answers.Add(ask());
            return new AskingTimer(this);
        }

        private sealed class AskingTimer(AskingTime time) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                time.Answers.Add(time.Ask());
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }

        private bool Ask() => ask();
    }
}
