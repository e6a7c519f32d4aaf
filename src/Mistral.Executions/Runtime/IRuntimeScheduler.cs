namespace Mistral.Executions.Runtime;

/// <summary>
/// Where all work of an engine that runs beside its callers is started: loops, bodies of actions, continuations of
/// callers. A simulation gives one that runs everything on one thread in an order made from a seed.
/// </summary>
internal interface IRuntimeScheduler
{
    /// <summary>Where the bodies of actions run.</summary>
    TaskScheduler Bodies { get; }

    /// <summary>Runs the work soon, on some thread, once.</summary>
    void Schedule(RuntimeWork work);
}
