namespace Mistral.Executions;

/// <summary>What a timer is for.</summary>
public enum TimerKind
{
    /// <summary>The delay of <c>wait-before</c> or <c>retry</c> is over: the task runs.</summary>
    ContinueTask,

    /// <summary>The delay of <c>wait-after</c> is over: the task ends.</summary>
    CompleteTask,

    /// <summary>The <c>timeout</c> of a task.</summary>
    TaskTimeout,

    /// <summary>The delay before a join that is retried looks at its routes again.</summary>
    RefreshJoin,

    /// <summary>The time within which an outside action must answer or give a sign of life.</summary>
    ActionDeadline,
}
