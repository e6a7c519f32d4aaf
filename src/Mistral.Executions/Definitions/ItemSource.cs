namespace Mistral.Executions;

/// <summary>One collection of <c>with-items</c>: <c>name in collection</c>.</summary>
/// <param name="Name">The variable that holds the item.</param>
/// <param name="Collection">Gives the collection.</param>
public sealed record ItemSource(string Name, IExpression Collection);
