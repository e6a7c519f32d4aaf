namespace Mistral.Executions;

/// <summary>Makes routes for the builder: to a task, or to an engine command with its message.</summary>
public static class Routes
{
    /// <summary>A route to a task, or to an engine command without a message.</summary>
    /// <param name="target">The name of the task or engine command.</param>
    /// <param name="when">The route is taken when this is true; always, when there is none.</param>
    /// <returns>The route.</returns>
    public static RouteDefinition To(string target, Func<IExpressionContext, bool>? when = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new(target) { Guard = when is null ? null : DelegateExpressions.Condition($"guard of the route to '{target}'", when) };
    }

    /// <summary><c>fail</c>: the workflow execution ends in ERROR. See "Engine commands" in Mistral's description of the workflow language.</summary>
    /// <param name="message">Becomes the state info of the workflow execution.</param>
    /// <param name="when">The command counts when this is true; always, when there is none.</param>
    /// <returns>The route.</returns>
    public static RouteDefinition Fail(string? message = null, Func<IExpressionContext, bool>? when = null) => Command(EngineCommands.Fail, message, when);

    /// <inheritdoc cref="Fail(string?, Func{IExpressionContext, bool}?)"/>
    public static RouteDefinition Fail(Func<IExpressionContext, string> message, Func<IExpressionContext, bool>? when = null) => Command(EngineCommands.Fail, message, when);

    /// <summary><c>succeed</c>: the workflow execution ends in SUCCESS. See "Engine commands" in Mistral's description of the workflow language.</summary>
    /// <param name="message">Becomes the state info of the workflow execution.</param>
    /// <param name="when">The command counts when this is true; always, when there is none.</param>
    /// <returns>The route.</returns>
    public static RouteDefinition Succeed(string? message = null, Func<IExpressionContext, bool>? when = null) => Command(EngineCommands.Succeed, message, when);

    /// <inheritdoc cref="Succeed(string?, Func{IExpressionContext, bool}?)"/>
    public static RouteDefinition Succeed(Func<IExpressionContext, string> message, Func<IExpressionContext, bool>? when = null) => Command(EngineCommands.Succeed, message, when);

    /// <summary><c>pause</c>: the workflow execution is paused. See "Engine commands" in Mistral's description of the workflow language.</summary>
    /// <param name="message">Becomes the state info of the workflow execution.</param>
    /// <param name="when">The command counts when this is true; always, when there is none.</param>
    /// <returns>The route.</returns>
    public static RouteDefinition Pause(string? message = null, Func<IExpressionContext, bool>? when = null) => Command(EngineCommands.Pause, message, when);

    /// <inheritdoc cref="Pause(string?, Func{IExpressionContext, bool}?)"/>
    public static RouteDefinition Pause(Func<IExpressionContext, string> message, Func<IExpressionContext, bool>? when = null) => Command(EngineCommands.Pause, message, when);

    /// <summary><c>noop</c>: leads nowhere; after an error it takes the error over. See "Engine commands" in Mistral's description of the workflow language.</summary>
    /// <param name="when">The command counts when this is true; always, when there is none.</param>
    /// <returns>The route.</returns>
    public static RouteDefinition Noop(Func<IExpressionContext, bool>? when = null) => To(EngineCommands.Noop, when);

    private static RouteDefinition Command(string command, string? message, Func<IExpressionContext, bool>? when) =>
        To(command, when) with { Message = message is null ? null : DelegateExpressions.Constant(message) };

    private static RouteDefinition Command(string command, Func<IExpressionContext, string> message, Func<IExpressionContext, bool>? when) =>
        To(command, when) with { Message = DelegateExpressions.Text($"message of '{command}'", message) };
}
