namespace Mistral.Executions.Testing.Tests;

public sealed class VirtualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Timers_ring_in_order_each_at_its_moment()
    {
        var clock = new VirtualClock(Start);
        var rung = new List<(string, TimeSpan)>();
        using var late = Timer(clock, "late", 5);
        using var early = Timer(clock, "early", 1);
        using var same = Timer(clock, "same", 5);
        using var never = Timer(clock, "never", 60);
        clock.NextDue.Should().Be(Start.AddSeconds(1));

        clock.MoveTo(Start.AddSeconds(10));

        rung.Should().Equal(("early", TimeSpan.FromSeconds(1)), ("late", TimeSpan.FromSeconds(5)), ("same", TimeSpan.FromSeconds(5)));
        clock.GetUtcNow().Should().Be(Start.AddSeconds(10));
        clock.NextDue.Should().Be(Start.AddSeconds(60));

        ITimer Timer(VirtualClock on, string name, int seconds) =>
            on.CreateTimer(_ => rung.Add((name, on.GetUtcNow() - Start)), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    [Test]
    public void A_timer_can_be_moved_repeated_and_taken_away()
    {
        var clock = new VirtualClock(Start);
        var rung = 0;
        var timer = clock.CreateTimer(_ => rung++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        clock.MoveTo(Start.AddSeconds(5));
        rung.Should().Be(3);

        timer.Change(TimeSpan.FromSeconds(7), Timeout.InfiniteTimeSpan);
        clock.NextDue.Should().Be(Start.AddSeconds(12));
        timer.Dispose();

        clock.NextDue.Should().BeNull();
        clock.MoveTo(Start.AddSeconds(100));
        rung.Should().Be(3);
    }

    [Test]
    public void Time_does_not_go_back()
    {
        var clock = new VirtualClock(Start);
        var stamp = clock.GetTimestamp();
        clock.MoveTo(Start.AddSeconds(10));

        clock.MoveTo(Start);

        clock.GetUtcNow().Should().Be(Start.AddSeconds(10));
        clock.GetElapsedTime(stamp).Should().Be(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task Delays_and_time_limits_take_virtual_time()
    {
        var clock = new VirtualClock(Start);
        var delay = Task.Delay(TimeSpan.FromHours(1), clock);
        using var limit = new CancellationTokenSource(TimeSpan.FromHours(2), clock);

        clock.MoveTo(Start.AddHours(1));
        await delay;
        limit.IsCancellationRequested.Should().BeFalse();
        clock.MoveTo(Start.AddHours(2));

        limit.IsCancellationRequested.Should().BeTrue();
    }
}
