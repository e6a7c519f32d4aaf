using System.Runtime.CompilerServices;
using Mistral.Executions.Runtime;

namespace Mistral.Executions.Testing;

/// <content>How virtual time passes.</content>
public sealed partial class WorkflowTestHost
{
    /// <summary>Lets all be done that can be done now, without moving the time.</summary>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <returns>A task that ends when nothing is under way but what waits for the clock or for something outside.</returns>
    /// <exception cref="WorkflowTestException">It takes longer than <see cref="RealTimeLimit"/>.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken = default)
    {
        var engine = await OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await engine.SettleAsync().WaitAsync(RealTimeLimit, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            var running = await RunReader.AllAsync(
                engine.QueryActionsAsync(new() { States = [ExecutionState.Running] }, cancellationToken), a => !a.IsOutside).ConfigureAwait(false);
            throw new WorkflowTestException(
                $"After {RealTimeLimit.TotalSeconds} seconds of real time something is still under way: " +
                (running.Count == 0
                    ? "a workflow that goes round and round, or a store that does not answer."
                    : $"the actions {string.Join(", ", running.Select(a => $"'{a.Name}'").Distinct())}. An action that waits must do so with the time of its context."),
                exception);
        }
    }

    /// <summary>Moves the time on, from timer to timer, and lets all be done that becomes due.</summary>
    /// <param name="time">How much.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <returns>A task that ends when all has been done.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="WorkflowTestException">What is due takes longer than <see cref="RealTimeLimit"/>.</exception>
    public async Task AdvanceAsync(TimeSpan time, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var end = _clock.GetUtcNow() + time;
        do
        {
            await SettleAsync(cancellationToken).ConfigureAwait(false);
        }
        while (await CompleteDueAsync(cancellationToken).ConfigureAwait(false)
            || MoveTo(Earlier(_clock.NextDue, await NextAnswerAsync(cancellationToken).ConfigureAwait(false)), end));
        _clock.MoveTo(end);
        await SettleAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves the time on until a workflow execution has ended.</summary>
    /// <param name="id">The id of the workflow execution.</param>
    /// <param name="cancellationToken">Gives the run up.</param>
    /// <returns>What ran, whatever the end.</returns>
    /// <exception cref="WorkflowTestException">It does not come to its end; the message says what it waits for.</exception>
    /// <exception cref="ExecutionNotFoundException">There is no such workflow execution.</exception>
    public async Task<WorkflowRun> RunToEndAsync(string id, CancellationToken cancellationToken = default)
    {
        var engine = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var goesOn = await PassUntilEndOrDeathAsync(id, cancellationToken).ConfigureAwait(false);
        var run = await GetRunAsync(id, cancellationToken).ConfigureAwait(false);
        if (run.State.IsCompleted())
        {
            return run;
        }

        var explanation = await engine.ExplainAsync(id, cancellationToken).ConfigureAwait(false);
        throw new WorkflowTestException(
            $"The workflow '{run.Execution.Name}' has not ended, " +
            (goesOn ? $"although {VirtualTimeLimit} have passed" : "and nothing happens by itself any more") +
            $". Why:\n{explanation}\nWhat ran:\n{run}");
    }

    /// <summary>Moves the time on until nothing happens by itself any more: all has ended, is paused, or waits for something outside.</summary>
    /// <param name="cancellationToken">Gives the run up.</param>
    /// <returns>A task that ends then.</returns>
    /// <exception cref="WorkflowTestException">That does not come within <see cref="VirtualTimeLimit"/>.</exception>
    public async Task RunToRestAsync(CancellationToken cancellationToken = default)
    {
        if (await PassAsync(static () => ValueTask.FromResult(true), cancellationToken).ConfigureAwait(false))
        {
            throw new WorkflowTestException($"Something still happens by itself, although {VirtualTimeLimit} have passed.");
        }
    }

    /// <summary>Moves the time on until a workflow execution has ended or the process died. Whether it still goes on: the limit is reached.</summary>
    internal async Task<bool> PassUntilEndOrDeathAsync(string id, CancellationToken cancellationToken)
    {
        var engine = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await PassAsync(
            async () => !IsDead && !(await engine.GetWorkflowAsync(id, cancellationToken).ConfigureAwait(false)).State.IsCompleted(),
            cancellationToken).ConfigureAwait(false);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    /// <summary>Lets time pass while it is wanted and something happens by itself. Whether something still would: the limit is reached.</summary>
    private async Task<bool> PassAsync(Func<ValueTask<bool>> isWanted, CancellationToken cancellationToken)
    {
        var end = _clock.GetUtcNow() + VirtualTimeLimit;
        while (true)
        {
            await SettleAsync(cancellationToken).ConfigureAwait(false);
            if (!await isWanted().ConfigureAwait(false))
            {
                return false;
            }

            if (await CompleteDueAsync(cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            var next = await NextAnswerAsync(cancellationToken).ConfigureAwait(false);
            if (await HappensByItselfAsync(cancellationToken).ConfigureAwait(false))
            {
                next = Earlier(next, _clock.NextDue);
            }

            if (!MoveTo(next, end))
            {
                return next is not null;
            }
        }
    }

    private bool MoveTo(DateTimeOffset? next, DateTimeOffset end)
    {
        if (next is not { } time || time > end)
        {
            return false;
        }

        _clock.MoveTo(time);
        return true;
    }

    /// <summary>Waits for a call of the engine, and lets time pass while the store has to be asked again.</summary>
    private async Task<T> CallAsync<T>(Task<T> call, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken).ConfigureAwait(false);
        while (!call.IsCompleted && IsRetryDue())
        {
            _clock.MoveTo(_clock.NextDue!.Value);
            await SettleAsync(cancellationToken).ConfigureAwait(false);
        }

        return await call.ConfigureAwait(false);
    }

    private Task<bool> CallAsync(Task call, CancellationToken cancellationToken)
    {
        return CallAsync(EndAsync(), cancellationToken);

        async Task<bool> EndAsync()
        {
            await call.ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Whether the engine waits for the clock with more than the renewal of its lease.</summary>
    private async ValueTask<bool> HappensByItselfAsync(CancellationToken cancellationToken)
    {
        var runtime = (await OpenAsync(cancellationToken).ConfigureAwait(false)).Runtime;
        return runtime.Timers.NextDue is not null || runtime.Actions.Count > 0 || IsRetryDue();
    }

    // What a store did not take is given to it again so soon.
    private bool IsRetryDue() => _clock.NextDue - _clock.GetUtcNow() <= RetryPace.Longest;

    /// <summary>When the next answer comes from outside.</summary>
    private async ValueTask<DateTimeOffset?> NextAnswerAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? next = null;
        await foreach (var (due, _, _) in AnswersAsync(cancellationToken).ConfigureAwait(false))
        {
            next = Earlier(next, due);
        }

        return next;
    }

    /// <summary>Gives the answers that come from outside and are due. Whether there were any.</summary>
    private async ValueTask<bool> CompleteDueAsync(CancellationToken cancellationToken)
    {
        var engine = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var any = false;
        await foreach (var (due, replaced, action) in AnswersAsync(cancellationToken).ConfigureAwait(false))
        {
            if (due > _clock.GetUtcNow())
            {
                continue;
            }

            var task = action.TaskExecutionId is { } taskId ? await engine.GetTaskAsync(taskId, cancellationToken).ConfigureAwait(false) : null;
            var call = new ActionCall
            {
                Input = action.Input,
                ActionExecutionId = action.Id,
                TaskName = task?.Name,
                WorkflowName = task?.WorkflowName,
                Attempt = action.Attempt,
                ItemIndex = action.Index,
                At = action.CreatedAt,
            };
            await CallAsync(engine.CompleteActionAsync(action.Id, replaced.ResultOf(call), cancellationToken), cancellationToken).ConfigureAwait(false);
            any = true;
        }

        return any;
    }

    private async IAsyncEnumerable<(DateTimeOffset Due, ReplacedAction Replaced, ActionExecution Action)> AnswersAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var engine = await OpenAsync(cancellationToken).ConfigureAwait(false);
        foreach (var replaced in _replaced.Values.Where(r => r.IsOutside))
        {
            foreach (var action in await WaitingAsync(engine, replaced.Name, cancellationToken).ConfigureAwait(false))
            {
                if (replaced.DueAt(action) is { } due)
                {
                    yield return (due, replaced, action);
                }
            }
        }
    }
}
