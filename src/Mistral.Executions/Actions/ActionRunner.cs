using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mistral.Executions.Decisions;
using Mistral.Executions.Diagnostics;

namespace Mistral.Executions.Actions;

/// <summary>Runs the bodies of actions. Whatever a body does, there is a result: no exception of a body comes out of here.</summary>
/// <param name="scopes">Opens a scope of services for each run; <see langword="null"/> when the host has no services.</param>
/// <param name="loggers">Makes the logs that actions write to.</param>
/// <param name="metrics">Hears how long bodies ran.</param>
/// <param name="time">The time.</param>
/// <param name="scheduler">Where a body starts that can be left behind.</param>
/// <param name="outputBytes">How many bytes of JSON an action may return.</param>
internal sealed class ActionRunner(
    IServiceScopeFactory? scopes,
    ILoggerFactory loggers,
    EngineMetrics metrics,
    TimeProvider time,
    TaskScheduler scheduler,
    int outputBytes = ActionRunner.DefaultOutputBytes)
{
    /// <summary>How many bytes of JSON an action may return, where the host says nothing else.</summary>
    public const int DefaultOutputBytes = 16 * 1024 * 1024;

    // A text this long says what went wrong; what is beyond goes to the log.
    private const int FailureCharacters = 64 * 1024;

    // What a body starts goes to the default scheduler, as with Task.Run.
    private const TaskCreationOptions OnItsOwn = TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler;

    // That a task has timed out, its own timer says; its body is given up a moment later.
    private static readonly TimeSpan AfterTheTask = TimeSpan.FromMilliseconds(100);

    // What timers can do. The timer of a task can do more.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly ILogger _log = loggers.CreateLogger("Mistral.Executions.Actions");

    /// <summary>Runs an action that is instant and has no side effects.</summary>
    public ActionResult RunInline(Effect.RunInline effect)
    {
        var action = ((RunnableAction)effect.Traits).Body;
        try
        {
            return ActionResult.Success(action.RunInline!(effect.Input, outputBytes));
        }
        catch (Exception exception)
        {
            return Fail(effect.Execution, action, exception, effect.Redaction);
        }
    }

    /// <summary>Runs the body of an action, whatever its kind, in the thread of the caller until it waits for something.</summary>
    /// <param name="effect">What is to be run.</param>
    /// <param name="clock">The clock that the body sees.</param>
    /// <param name="trace">The span that the one of this run belongs to.</param>
    /// <param name="cancellationToken">
    /// Tells the body that its result is no longer wanted. The run ends when the body does: a body that goes on
    /// nevertheless and returns, or fails in a way of its own, has a result.
    /// </param>
    public async ValueTask<ActionRun> RunAsync(Effect.RunAction effect, TimeProvider clock, ActivityContext trace, CancellationToken cancellationToken)
    {
        var action = ((RunnableAction)effect.Traits).Body;
        if (action.RunAsync is null)
        {
            return action.IsOutside
                ? ActionRun.Started
                : ActionRun.Finished(RunInline(new(effect.Execution, effect.Traits, effect.Input) { Redaction = effect.Redaction }));
        }

        using var activity = Telemetry.StartBody(effect.Execution, trace);
        var started = time.GetTimestamp();
        var run = await RunToEndAsync(effect, action, clock, activity, cancellationToken).ConfigureAwait(false);
        metrics.ActionRan(effect.Execution.Name, run.Result?.State.ToWireName() ?? run.End.ToString(), time.GetElapsedTime(started));
        return run;
    }

    private static bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException || exception.InnerException is OperationCanceledException;

    private async ValueTask<ActionRun> RunToEndAsync(Effect.RunAction effect, ActionDescriptor action, TimeProvider clock, Activity? activity, CancellationToken cancellationToken)
    {
        try
        {
            var output = await RunInTimeAsync(effect, action, clock, cancellationToken).ConfigureAwait(false);
            return action.IsOutside ? ActionRun.Started : ActionRun.Finished(ActionResult.Success(output));
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && IsCancellation(exception))
        {
            return ActionRun.Interrupted;
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, effect.Redaction.Apply(exception.Message));
            return ActionRun.Finished(Fail(effect.Execution, action, exception, effect.Redaction));
        }
    }

    private async ValueTask<JsonData> RunInTimeAsync(Effect.RunAction effect, ActionDescriptor action, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Shorter(action.Timeout, effect.Timeout) is not { } timeout)
        {
            return await RunInScopeAsync(effect, action, clock, cancellationToken).ConfigureAwait(false);
        }

        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var body = StartAsync(effect, action, clock, stop.Token);
        try
        {
            var wait = timeout == effect.Timeout ? timeout + AfterTheTask : timeout;
            return await body.WaitAsync(wait <= LongestWait ? wait : Timeout.InfiniteTimeSpan, clock, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!body.IsCompleted)
        {
            _ = AbandonAsync(effect, body, stop);
            throw new ActionFailedException($"The action did not end within its timeout of {timeout.TotalSeconds} seconds");
        }
        finally
        {
            if (body.IsCompleted)
            {
                stop.Dispose();
            }
        }
    }

    private static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    private async Task AbandonAsync(Effect.RunAction effect, Task body, CancellationTokenSource stop)
    {
        var execution = effect.Execution;
        try
        {
            await Task.Factory.StartNew(stop.Cancel, CancellationToken.None, OnItsOwn, scheduler).ConfigureAwait(false);
            await body.ConfigureAwait(false);
            Log.AbandonedActionEnded(_log, execution.Name, execution.Id, null);
        }
        catch (Exception exception)
        {
            Log.AbandonedActionEnded(_log, execution.Name, execution.Id, effect.Redaction.Apply(exception));
        }
        finally
        {
            stop.Dispose();
        }
    }

    // In a thread of its own: also a body that blocks its thread is left behind when its time is over.
    private Task<JsonData> StartAsync(Effect.RunAction effect, ActionDescriptor action, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Factory
            .StartNew(() => RunInScopeAsync(effect, action, clock, cancellationToken).AsTask(), CancellationToken.None, OnItsOwn, scheduler)
            .Unwrap();

    private async ValueTask<JsonData> RunInScopeAsync(Effect.RunAction effect, ActionDescriptor action, TimeProvider clock, CancellationToken cancellationToken)
    {
        var execution = effect.Execution;
        var context = new ActionContext
        {
            ActionExecutionId = execution.Id,
            ActionName = execution.Name,
            TaskExecutionId = execution.TaskExecutionId,
            TaskName = effect.TaskName,
            WorkflowExecutionId = execution.WorkflowExecutionId,
            WorkflowName = effect.WorkflowName,
            RootExecutionId = execution.RootExecutionId,
            Attempt = execution.Attempt,
            ItemIndex = execution.Index,
            Logger = loggers.CreateLogger(execution.Name),
            Time = clock,
            CancellationToken = cancellationToken,
        };
        if (scopes is null)
        {
            return await action.RunAsync!(effect.Input, context, outputBytes).ConfigureAwait(false);
        }

        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            return await action.RunAsync!(effect.Input, context with { Services = scope.ServiceProvider }, outputBytes).ConfigureAwait(false);
        }
    }

    // Here, where every failure of a body comes by, what is said of it loses its secrets. Data of a failure are data.
    private ActionResult Fail(ActionExecution execution, ActionDescriptor action, Exception exception, Redaction redaction)
    {
        Log.ActionFailed(_log, execution.Name, execution.Id, redaction.Apply(exception.Message), redaction.Apply(exception));
        if (exception is ActionFailedException { ErrorData: { } data })
        {
            try
            {
                return ActionResult.Error(JsonMeasure.Checked(data, outputBytes));
            }
            catch (ActionFailedException unusable)
            {
                exception = unusable;
            }
        }

        var message = exception is ActionFailedException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";
        message = redaction.Apply(message);
        if (message.Length > FailureCharacters)
        {
            message = $"{message.AsSpan(0, FailureCharacters)}...";
        }

        return ActionResult.Error($"The action raised an exception [action={action.FailureName}, action_ex_id={execution.Id}, msg='{message}']");
    }
}
