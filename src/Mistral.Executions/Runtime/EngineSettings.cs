using Microsoft.Extensions.Logging;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Runtime;

/// <summary>What an engine is made of, once the host has said all it wants.</summary>
internal sealed record EngineSettings
{
    public required IExecutionStore Store { get; init; }

    public required bool OwnsStore { get; init; }

    /// <summary>What the actions share and the engine disposes, such as connections.</summary>
    public required IDisposable? Shared { get; init; }

    public required DefinitionCatalog Catalog { get; init; }

    public required DecisionLimits Limits { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    public required IServiceProvider? Services { get; init; }

    public required IRuntimeScheduler Scheduler { get; init; }

    public required IIdSource Ids { get; init; }

    public required TimeSpan LeaseDuration { get; init; }

    public required int ParallelActions { get; init; }

    public required IReadOnlyDictionary<string, int> ParallelActionsByTarget { get; init; }

    public required int PendingCalls { get; init; }

    public required int TreesAtRest { get; init; }

    public required int TimerWindow { get; init; }

    /// <summary>What is purged by itself; <see langword="null"/> when nothing is.</summary>
    public required RetentionPolicy? Retention { get; init; }
}
