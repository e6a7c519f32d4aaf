namespace Mistral.Executions.Runtime;

/// <summary>Lets somebody who waits go on. What that caller does then is no work of the engine and does not count as such.</summary>
internal abstract class CallerWork(WorkTracker tracker) : RuntimeWork(tracker)
{
    protected sealed override ValueTask RunAsync()
    {
        Tracker.End();
        try
        {
            Release();
        }
        finally
        {
            Tracker.Begin();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the task that the caller waits for.</summary>
    protected abstract void Release();
}
