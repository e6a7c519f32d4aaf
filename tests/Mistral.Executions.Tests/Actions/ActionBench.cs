using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Mistral.Executions.Actions;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Tests.Actions;

/// <summary>Runs an action as an engine would.</summary>
internal sealed class ActionBench
{
    public const string ExecutionId = "action-1";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public IServiceScopeFactory? Scopes { get; init; }

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Bodies start at once, in the thread that runs them, unless another scheduler is given.</summary>
    public TaskScheduler Scheduler { get; init; } = new AtOnce();

    public int OutputBytes { get; init; } = ActionRunner.DefaultOutputBytes;

    public ActionExecution Execution { get; init; } = new() { Id = ExecutionId, Name = "test.action" };

    public string? WorkflowName { get; init; }

    public string? TaskName { get; init; }

    public Task<ActionRun> RunAsync(RunnableAction action, JsonMap? input = null, CancellationToken cancellationToken = default)
    {
        var effect = new Effect.RunAction(Execution, action, input ?? JsonMap.Empty, WorkflowName, TaskName);
        return Task.Factory
            .StartNew(() => Runner().RunAsync(effect, Time, default, cancellationToken).AsTask(), CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler)
            .Unwrap();
    }

    public ActionResult RunInline(RunnableAction action, JsonMap? input = null) =>
        Runner().RunInline(new Effect.RunInline(Execution, action, input ?? JsonMap.Empty));

    public static JsonMap Input(params (string Name, JsonData Value)[] members) => JsonMap.Create(members);

    /// <summary>The error of a body that threw, as the action execution shows it.</summary>
    public static JsonData Raised(string message, string action = "test.action") =>
        $"The action raised an exception [action={action}, action_ex_id={ExecutionId}, msg='{message}']";

    private ActionRunner Runner() => new(Scopes, Loggers, new(), Time, Scheduler, OutputBytes);

    private sealed class AtOnce : TaskScheduler
    {
        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);
    }
}
