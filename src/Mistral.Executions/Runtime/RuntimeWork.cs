namespace Mistral.Executions.Runtime;

/// <summary>
/// A piece of work that a scheduler runs. The object is its own work item, so that a step of the engine allocates none.
/// </summary>
internal abstract class RuntimeWork(WorkTracker tracker) : IThreadPoolWorkItem
{
    protected WorkTracker Tracker { get; } = tracker;

    /// <summary>Asks the scheduler to run it. It must not be under way already.</summary>
    public void Schedule()
    {
        Tracker.Begin();
        Tracker.Scheduler.Schedule(this);
    }

    /// <summary>Called by the scheduler.</summary>
    public void Execute()
    {
        var run = RunAsync();
        if (run.IsCompletedSuccessfully)
        {
            Tracker.End();
        }
        else
        {
            _ = FinishAsync(run);
        }
    }

    /// <summary>Does the work.</summary>
    protected abstract ValueTask RunAsync();

    private async Task FinishAsync(ValueTask run)
    {
        try
        {
            await run.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Tracker.Break(exception);
        }
        finally
        {
            Tracker.End();
        }
    }
}
