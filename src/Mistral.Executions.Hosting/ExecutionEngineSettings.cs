namespace Mistral.Executions.Hosting;

/// <summary>What the configuration of a host says of its engine. What it leaves out stays as <see cref="ExecutionEngineOptions"/> has it.</summary>
public sealed class ExecutionEngineSettings
{
    /// <summary>The SQLite file; it is made when it is missing. Required.</summary>
    public string? Path { get; set; }

    /// <summary>What a commit survives. See <see cref="ExecutionEngineOptions.Synchronous"/>.</summary>
    public SqliteSynchronous? Synchronous { get; set; }

    /// <summary>How many bodies of actions run at once. See <see cref="ExecutionEngineOptions.MaximumParallelActions"/>.</summary>
    public int? MaximumParallelActions { get; set; }

    /// <summary>How many calls the engine works on at once. See <see cref="ExecutionEngineOptions.MaximumPendingCalls"/>.</summary>
    public int? MaximumPendingCalls { get; set; }

    /// <summary>How many executions that have nothing to do stay in memory. See <see cref="ExecutionEngineOptions.MaximumExecutionsAtRest"/>.</summary>
    public int? MaximumExecutionsAtRest { get; set; }

    /// <summary>How many bytes of JSON an input, a result or a published value can have. See <see cref="ExecutionEngineOptions.MaximumPayloadBytes"/>.</summary>
    public int? MaximumPayloadBytes { get; set; }

    /// <summary>How long another engine waits for a sign of life of this one. See <see cref="ExecutionEngineOptions.LeaseDuration"/>.</summary>
    public TimeSpan? LeaseDuration { get; set; }

    /// <summary>How long the host waits, when it stops, for running actions that were told to stop. See <see cref="ExecutionEngineOptions.ShutdownDeadline"/>.</summary>
    public TimeSpan? ShutdownDeadline { get; set; }

    /// <summary>How many bodies of actions run at once for each target. See <see cref="ExecutionEngineOptions.AddTarget"/>.</summary>
    public IDictionary<string, int> Targets { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    internal ExecutionEngineOptions ToOptions()
    {
        var options = new ExecutionEngineOptions(Path!);
        options.Synchronous = Synchronous ?? options.Synchronous;
        options.MaximumParallelActions = MaximumParallelActions ?? options.MaximumParallelActions;
        options.MaximumPendingCalls = MaximumPendingCalls ?? options.MaximumPendingCalls;
        options.MaximumExecutionsAtRest = MaximumExecutionsAtRest ?? options.MaximumExecutionsAtRest;
        options.MaximumPayloadBytes = MaximumPayloadBytes ?? options.MaximumPayloadBytes;
        options.LeaseDuration = LeaseDuration ?? options.LeaseDuration;
        options.ShutdownDeadline = ShutdownDeadline ?? options.ShutdownDeadline;
        foreach (var (target, limit) in Targets)
        {
            options.AddTarget(target, limit);
        }

        return options;
    }
}
