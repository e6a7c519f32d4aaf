namespace Mistral.Executions.Runtime;

/// <summary>Runs work on the thread pool.</summary>
internal sealed class ThreadPoolScheduler : IRuntimeScheduler
{
    public static ThreadPoolScheduler Instance { get; } = new();

    public TaskScheduler Bodies => TaskScheduler.Default;

    // The queue of the thread itself first: a step that is handed on runs while its data are still in the cache.
    public void Schedule(RuntimeWork work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: true);
}
