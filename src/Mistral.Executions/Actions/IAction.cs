namespace Mistral.Executions;

/// <summary>An action: a piece of the host's work that a workflow runs. See "Actions" in Mistral's description of the workflow language.</summary>
/// <typeparam name="TInput">The input, read from JSON. Its properties are the parameters of the action, in snake_case.</typeparam>
/// <typeparam name="TOutput">The result, written as JSON.</typeparam>
public interface IAction<in TInput, TOutput>
{
    /// <summary>
    /// Does the work. It may run again with the same <see cref="ActionContext.IdempotencyKey"/> after the process died,
    /// unless it is registered as not safe to rerun.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="context">What the action may know about its execution.</param>
    /// <param name="cancellationToken">Tells that the result is no longer wanted, or that the engine shuts down.</param>
    /// <returns>The result. An exception ends the action execution in ERROR; <see cref="ActionFailedException"/> says with which data.</returns>
    Task<TOutput> RunAsync(TInput input, ActionContext context, CancellationToken cancellationToken);
}
