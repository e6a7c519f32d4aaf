namespace Mistral.Executions;

/// <summary>How many routes must come together before a task starts. See "join" in Mistral's description of the workflow language.</summary>
/// <param name="Count">The number; <see langword="null"/> for all.</param>
public readonly record struct JoinCondition(int? Count)
{
    /// <summary><c>join: all</c>: every task with a route to this one must take it.</summary>
    public static JoinCondition All => new((int?)null);

    /// <summary><c>join: one</c>: the first route is enough.</summary>
    public static JoinCondition One => new(1);
}
