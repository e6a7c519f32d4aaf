namespace Mistral.Executions;

/// <summary>When a route is taken. See "Transitions with direct workflow" in Mistral's description of the workflow language.</summary>
public enum RouteKind
{
    /// <summary><c>on-success</c>: the task ended in SUCCESS.</summary>
    OnSuccess,

    /// <summary><c>on-error</c>: the task ended in ERROR.</summary>
    OnError,

    /// <summary><c>on-complete</c>: the task ended in SUCCESS or ERROR.</summary>
    OnComplete,

    /// <summary><c>on-skip</c>: the task was skipped.</summary>
    OnSkip,
}
