namespace Mistral.Executions;

/// <summary>Which policies of a task have had their turn.</summary>
[Flags]
public enum TaskPolicyProgress
{
    /// <summary>None has.</summary>
    None = 0,

    /// <summary>The delay of <c>wait-before</c> was given.</summary>
    WaitedBefore = 1,

    /// <summary>The delay of <c>wait-after</c> was given.</summary>
    WaitedAfter = 2,
}
