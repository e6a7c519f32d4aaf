namespace Mistral.Executions.Model;

/// <summary>An execution of a task in the model.</summary>
internal sealed record ModelExecution(int Ordinal, ModelTask Definition)
{
    public string Name => Definition.Name;

    public ExecutionState State { get; init; }

    /// <summary>The routes to tasks that it took, and the execution each led to; <see langword="null"/> until it has ended.</summary>
    public IReadOnlyList<(string Target, RouteKind Kind, int? Execution)>? Routes { get; init; }

    public IReadOnlyList<(int Execution, RouteKind Kind)> Triggers { get; init; } = [];

    public bool HasStarted { get; init; }

    public bool IsProcessed { get; init; }

    public bool IsErrorHandled { get; init; }

    /// <summary>The data it starts from: of each variable the value, and how often it was published on the way.</summary>
    public IReadOnlyDictionary<string, (string Value, int Version)> Inbound { get; init; } = new Dictionary<string, (string Value, int Version)>();

    /// <summary>After which state it has published.</summary>
    public ExecutionState? Published { get; init; }

    public bool HasWaitedBefore { get; init; }

    public bool HasWaitedAfter { get; init; }

    /// <summary>The state that <c>wait-after</c> holds back.</summary>
    public ExecutionState? EndsIn { get; init; }

    public int Retry { get; init; }

    public bool HasEnded => State.IsCompleted();

    public bool IsGivenUp => State == ExecutionState.Error && !HasStarted;

    public bool Took(string target) => HasEnded && Routes is not null && Routes.Any(r => r.Target == target);
}
