using System.Diagnostics;

namespace Mistral.Executions.Diagnostics;

/// <summary>The traces that a host can listen to by the name <c>Mistral.Executions</c>.</summary>
internal static class Telemetry
{
    public const string Name = "Mistral.Executions";

    /// <summary>The parameter of a workflow execution that keeps the trace it belongs to, as W3C writes it, over any restart.</summary>
    public const string TraceParent = "traceparent";

    public static readonly string Version = typeof(Telemetry).Assembly.GetName().Version!.ToString(3);

    public static readonly ActivitySource Source = new(Name, Version);

    /// <summary>Begins the span of the call that starts a workflow; <see langword="null"/> when nobody listens.</summary>
    public static Activity? StartCall(string workflow, string executionId)
    {
        var activity = Source.StartActivity("start", ActivityKind.Producer);
        if (activity is not null)
        {
            activity.DisplayName = $"start {workflow}";
            activity.SetTag("mistral.workflow.name", workflow);
            activity.SetTag("mistral.workflow_execution.id", executionId);
        }

        return activity;
    }

    /// <summary>Begins the span of one run of a body; <see langword="null"/> when nobody listens.</summary>
    public static Activity? StartBody(ActionExecution execution, ActivityContext parent)
    {
        var activity = Source.StartActivity("action", ActivityKind.Internal, parent);
        if (activity is not null)
        {
            Describe(activity, execution);
        }

        return activity;
    }

    /// <summary>Begins the span of an execution, without making it the current one; <see langword="null"/> when nobody listens.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="parent">The span it belongs to.</param>
    /// <param name="from">When it begins.</param>
    /// <param name="isResumed">Whether the execution began before this engine, or before it left memory for a while.</param>
    public static Activity? StartExecution(IExecution execution, ActivityContext parent, DateTimeOffset from, bool isResumed)
    {
        var current = Activity.Current;
        var activity = Source.StartActivity(
            execution.Kind == ExecutionKind.Workflow ? "workflow" : execution.Kind == ExecutionKind.Task ? "task" : "action",
            ActivityKind.Internal,
            parent,
            links: isResumed && parent != default ? [new(parent)] : null,
            startTime: from);
        Activity.Current = current;
        if (activity is not null)
        {
            Describe(activity, execution);
            if (isResumed)
            {
                activity.SetTag("mistral.execution.resumed", true);
            }
        }

        return activity;
    }

    /// <summary>Ends the span of an execution that has ended.</summary>
    public static void End(Activity activity, IExecution execution)
    {
        activity.SetTag("mistral.execution.state", execution.State.ToWireName());
        if (execution.State == ExecutionState.Error)
        {
            activity.SetStatus(ActivityStatusCode.Error, execution.StateInfo);
        }

        Stop(activity, execution.FinishedAt!.Value);
    }

    /// <summary>Ends a span, without making another one the current one: its execution goes on in a later span, or has ended.</summary>
    public static void Stop(Activity activity, DateTimeOffset at)
    {
        var current = Activity.Current;
        activity.SetEndTime(at.UtcDateTime);
        activity.Stop();
        Activity.Current = current;
    }

    private static void Describe(Activity activity, IExecution execution)
    {
        activity.DisplayName = $"{activity.OperationName} {execution.Name}";
        switch (execution)
        {
            case WorkflowExecution workflow:
                activity.SetTag("mistral.workflow.name", workflow.Name);
                activity.SetTag("mistral.workflow_execution.id", workflow.Id);
                activity.SetTag("mistral.root_execution.id", workflow.RootExecutionId);
                break;
            case TaskExecution task:
                activity.SetTag("mistral.task.name", task.Name);
                activity.SetTag("mistral.workflow.name", task.WorkflowName);
                activity.SetTag("mistral.task_execution.id", task.Id);
                activity.SetTag("mistral.workflow_execution.id", task.WorkflowExecutionId);
                activity.SetTag("mistral.root_execution.id", task.RootExecutionId);
                break;
            case ActionExecution action:
                activity.SetTag("mistral.action.name", action.Name);
                activity.SetTag("mistral.action_execution.id", action.Id);
                activity.SetTag("mistral.task_execution.id", action.TaskExecutionId);
                activity.SetTag("mistral.workflow_execution.id", action.WorkflowExecutionId);
                activity.SetTag("mistral.root_execution.id", action.RootExecutionId);
                activity.SetTag("mistral.action.attempt", action.Attempt);
                break;
        }
    }
}
