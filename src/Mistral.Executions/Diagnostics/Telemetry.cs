using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Mistral.Executions.Diagnostics;

/// <summary>What a host can listen to by the name <c>Mistral.Executions</c>: traces and measurements.</summary>
internal static class Telemetry
{
    public const string Name = "Mistral.Executions";

    private static readonly string Version = typeof(Telemetry).Assembly.GetName().Version!.ToString(3);

    public static readonly ActivitySource Source = new(Name, Version);

    public static readonly Meter Meter = new(Name, Version);

    public static readonly Histogram<double> ActionDuration = Meter.CreateHistogram<double>("mistral.action.duration", "s", "How long the bodies of actions ran, by action and how they ended.");

    /// <summary>Begins the trace of one run of an action; <see langword="null"/> when nobody listens.</summary>
    public static Activity? StartAction(ActionExecution execution)
    {
        var activity = Source.StartActivity("action");
        if (activity is not null)
        {
            activity.DisplayName = execution.Name;
            activity.SetTag("mistral.action.name", execution.Name);
            activity.SetTag("mistral.action_execution.id", execution.Id);
            activity.SetTag("mistral.task_execution.id", execution.TaskExecutionId);
            activity.SetTag("mistral.workflow_execution.id", execution.WorkflowExecutionId);
            activity.SetTag("mistral.root_execution.id", execution.RootExecutionId);
            activity.SetTag("mistral.action.attempt", execution.Attempt);
        }

        return activity;
    }
}
