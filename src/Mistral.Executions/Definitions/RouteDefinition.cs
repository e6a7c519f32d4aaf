namespace Mistral.Executions;

/// <summary>A route: where a finished task leads to.</summary>
/// <param name="Target">A task of the workflow, or an engine command (<see cref="EngineCommands"/>).</param>
public sealed record RouteDefinition(string Target)
{
    /// <summary>The route is taken when this is true; always, when there is none.</summary>
    public IExpression? Guard { get; init; }

    /// <summary>The message (<c>msg</c>) of an engine command.</summary>
    public IExpression? Message { get; init; }
}
