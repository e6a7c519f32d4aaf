using Mistral.Executions.Decisions;
using Mistral.Executions.Runtime;

namespace Mistral.Executions;

/// <content>What an operator can do to executions. Each is durable when it returns, and notes itself in the history.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>Pauses a workflow execution and those below it: what runs goes on, nothing new starts.</summary>
    /// <param name="id">The workflow execution.</param>
    /// <param name="reason">Why; it becomes the state info.</param>
    /// <param name="cancellationToken">Gives the call up while nothing was decided yet.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such workflow execution.</exception>
    /// <exception cref="InvalidStateTransitionException">It cannot be paused in its state.</exception>
    public Task PauseAsync(string id, string? reason = null, CancellationToken cancellationToken = default) =>
        SendAsync(ExecutionKind.Workflow, id, new Message.Pause(id, reason), cancellationToken);

    /// <summary>Resumes a paused workflow execution and those below it.</summary>
    /// <param name="id">The workflow execution.</param>
    /// <param name="environment">Merged into its environment, when given.</param>
    /// <param name="cancellationToken">Gives the call up while nothing was decided yet.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such workflow execution.</exception>
    /// <exception cref="InvalidStateTransitionException">It cannot be resumed in its state.</exception>
    public Task ResumeAsync(string id, JsonMap? environment = null, CancellationToken cancellationToken = default) =>
        SendAsync(ExecutionKind.Workflow, id, new Message.Resume(id, environment), cancellationToken);

    /// <summary>Cancels a workflow execution and those below it.</summary>
    /// <param name="id">The workflow execution.</param>
    /// <param name="reason">Why; it becomes the state info.</param>
    /// <param name="cancellationToken">Gives the call up while nothing was decided yet.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such workflow execution.</exception>
    /// <exception cref="InvalidStateTransitionException">It has ended.</exception>
    public Task CancelAsync(string id, string? reason = null, CancellationToken cancellationToken = default) =>
        StopAsync(id, ExecutionState.Cancelled, reason, cancellationToken);

    /// <summary>Ends a workflow execution in a state of the caller's choice.</summary>
    /// <param name="id">The workflow execution.</param>
    /// <param name="state">SUCCESS, ERROR or CANCELLED.</param>
    /// <param name="reason">Why; it becomes the state info.</param>
    /// <param name="cancellationToken">Gives the call up while nothing was decided yet.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such workflow execution.</exception>
    /// <exception cref="InvalidStateTransitionException">It cannot get into that state.</exception>
    public Task StopAsync(string id, ExecutionState state, string? reason = null, CancellationToken cancellationToken = default) =>
        SendAsync(ExecutionKind.Workflow, id, new Message.Stop(id, state, reason), cancellationToken);

    /// <summary>Runs a failed or cancelled task again; its workflow execution and those above it go on.</summary>
    /// <param name="taskExecutionId">The task execution.</param>
    /// <param name="reset">Whether all its results are thrown away; when not, only failed items run again.</param>
    /// <param name="environment">Merged into the environment, when given.</param>
    /// <param name="cancellationToken">Gives the call up while nothing was decided yet.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such task execution.</exception>
    /// <exception cref="InvalidStateTransitionException">It cannot be run again in its state.</exception>
    public Task RerunTaskAsync(string taskExecutionId, bool reset = true, JsonMap? environment = null, CancellationToken cancellationToken = default) =>
        SendAsync(ExecutionKind.Task, taskExecutionId, new Message.Rerun(taskExecutionId, reset, environment), cancellationToken);

    /// <summary>Skips a failed task; its workflow execution and those above it go on.</summary>
    /// <param name="taskExecutionId">The task execution.</param>
    /// <param name="environment">Merged into the environment, when given.</param>
    /// <param name="cancellationToken">Gives the call up while nothing was decided yet.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such task execution.</exception>
    /// <exception cref="InvalidStateTransitionException">It cannot be skipped in its state.</exception>
    public Task SkipTaskAsync(string taskExecutionId, JsonMap? environment = null, CancellationToken cancellationToken = default) =>
        SendAsync(ExecutionKind.Task, taskExecutionId, new Message.Skip(taskExecutionId, environment), cancellationToken);

    /// <summary>Changes what can be changed of a workflow execution at any time.</summary>
    /// <param name="id">The workflow execution.</param>
    /// <param name="description">The new description, when given.</param>
    /// <param name="environment">Merged into the environment, when given: only while it is IDLE, PAUSED or ERROR.</param>
    /// <param name="cancellationToken">Gives the call up while nothing was decided yet.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such workflow execution.</exception>
    /// <exception cref="InputException">The environment cannot be changed in its state.</exception>
    public Task UpdateAsync(string id, string? description = null, JsonMap? environment = null, CancellationToken cancellationToken = default) =>
        SendAsync(ExecutionKind.Workflow, id, new Message.Update(id, description, environment), cancellationToken);

    /// <summary>
    /// Deletes an execution at the top of a tree with everything below it, once it has ended and nothing below it runs any
    /// more. Outside actions that are still open go with it: who completes one later, or waits for it, gets
    /// <see cref="ExecutionNotFoundException"/>.
    /// </summary>
    /// <param name="id">The workflow execution at the top, or an action execution that stands alone.</param>
    /// <param name="cancellationToken">Gives the call up while nothing was done yet.</param>
    /// <returns>A task that ends when it is deleted.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such execution.</exception>
    /// <exception cref="ExecutionNotEndedException">It has not ended, or a nested workflow or the body of an action below it still runs.</exception>
    /// <exception cref="InputException">The execution is part of another one.</exception>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        var treeId = await TreeOfAsync(ExecutionKind.Workflow, id, cancellationToken).ConfigureAwait(false);
        if (treeId != id)
        {
            throw new InputException($"The execution '{id}' is part of '{treeId}' and can only be deleted with it.");
        }

        await _runtime.SendAsync(treeId, Envelope.FromCaller(_runtime.Tracker, EnvelopeKind.Delete), cancellationToken).ConfigureAwait(false);
    }

    private async Task SendAsync(ExecutionKind kind, string executionId, Message message, CancellationToken cancellationToken)
    {
        var treeId = await TreeOfAsync(kind, executionId, cancellationToken).ConfigureAwait(false);
        await _runtime.SendAsync(treeId, message, cancellationToken).ConfigureAwait(false);
    }
}
