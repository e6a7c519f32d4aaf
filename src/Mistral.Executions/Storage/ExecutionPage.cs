namespace Mistral.Executions;

/// <summary>
/// A page of executions, in the order in which they were created: workflow executions, whose ids callers choose, by time
/// and then by id; task and action executions by id.
/// </summary>
/// <typeparam name="T">The kind of execution.</typeparam>
/// <param name="Items">The executions.</param>
/// <param name="Next">What <see cref="ExecutionQuery.After"/> takes for the next page; <see langword="null"/> when this is the last.</param>
public sealed record ExecutionPage<T>(IReadOnlyList<T> Items, string? Next)
    where T : IExecution;
