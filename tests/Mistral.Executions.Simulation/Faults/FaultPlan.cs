namespace Mistral.Executions.Simulation.Faults;

/// <summary>What goes wrong with the store, by chance, until the faults stop.</summary>
internal sealed class FaultPlan(Random random, double rate)
{
    private DateTimeOffset _fullUntil = DateTimeOffset.MinValue;
    private double _rate = rate;

    /// <summary>From now on nothing fails any more.</summary>
    public void Stop() => (_rate, _fullUntil) = (0, DateTimeOffset.MinValue);

    public CommitFault NextCommit(DateTimeOffset now)
    {
        if (now < _fullUntil)
        {
            return CommitFault.Full;
        }

        if (!Happens())
        {
            return CommitFault.None;
        }

        var fault = (CommitFault)random.Next(1, (int)CommitFault.Last + 1);
        if (fault == CommitFault.Full)
        {
            _fullUntil = now + TimeSpan.FromSeconds(random.Next(1, 60));
        }

        return fault;
    }

    /// <summary>Throws, when a call that reads or renews a lease fails.</summary>
    public void MayFail(DateTimeOffset now, bool writes)
    {
        if (writes && now < _fullUntil)
        {
            throw new StoreException(CommitRefusal.Full, "The disk is full.");
        }

        if (Happens())
        {
            throw new StoreException(CommitRefusal.Busy, "Somebody holds the store.");
        }
    }

    /// <summary>How long a call takes.</summary>
    public TimeSpan NextDelay() => _rate > 0 && random.Next(12) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 4000)) : TimeSpan.Zero;

    public bool EitherWay() => random.Next(2) == 0;

    private bool Happens() => _rate > 0 && random.NextDouble() < _rate;
}
