namespace Mistral.Executions.Decisions;

/// <summary>How an action runs.</summary>
internal enum ActionMode
{
    /// <summary>A body runs in the process, after the commit.</summary>
    Body,

    /// <summary>The result comes from outside, by <c>CompleteActionAsync</c>; a body that starts the work may run.</summary>
    Outside,

    /// <summary>A body that is instant and has no side effects runs before the commit.</summary>
    Inline,
}
