using System.Diagnostics.Metrics;

namespace Mistral.Executions.Diagnostics;

/// <summary>What one engine measures, for whoever listens to the meter <c>Mistral.Executions</c>.</summary>
internal sealed class EngineMetrics : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Name, Telemetry.Version);
    private readonly Counter<long> _workflowsStarted;
    private readonly Counter<long> _workflowsEnded;
    private readonly Histogram<double> _workflowDuration;
    private readonly Counter<long> _tasksEnded;
    private readonly Histogram<double> _actionDuration;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<long> _commitSize;
    private readonly Counter<long> _commitsFailed;
    private readonly Histogram<double> _timerLag;

    // From a fraction of a disk flush to a day: the buckets that listeners use by default are for milliseconds.
    private static InstrumentAdvice<double> Seconds { get; } = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 600, 3600, 86400],
    };

    public EngineMetrics()
    {
        _workflowsStarted = _meter.CreateCounter<long>("mistral.workflow.started", "{execution}", "Workflow executions that were started.");
        _workflowsEnded = _meter.CreateCounter<long>("mistral.workflow.ended", "{execution}", "Workflow executions that ended, by state.");
        _workflowDuration = _meter.CreateHistogram("mistral.workflow.duration", "s", "From the start of a workflow execution to its end.", advice: Seconds);
        _tasksEnded = _meter.CreateCounter<long>("mistral.task.ended", "{execution}", "Task executions that ended, by state.");
        _actionDuration = _meter.CreateHistogram("mistral.action.duration", "s", "How long the bodies of actions ran, by action and how they ended.", advice: Seconds);
        _commitDuration = _meter.CreateHistogram("mistral.commit.duration", "s", "How long the store took for one transaction.", advice: Seconds);
        _commitSize = _meter.CreateHistogram<long>("mistral.commit.trees", "{tree}", "How many trees one transaction changed.");
        _commitsFailed = _meter.CreateCounter<long>("mistral.commit.failed", "{tree}", "Changes of a tree that the store refused, or of which it could not say whether it wrote them.");
        _timerLag = _meter.CreateHistogram("mistral.timer.lag", "s", "How much later than due a timer reached its execution.", advice: Seconds);
    }

    /// <summary>Whether anybody wants to know how long commits take.</summary>
    public bool MeasuresCommits => _commitDuration.Enabled;

    /// <summary>Offers a number that is looked at when somebody collects.</summary>
    public void Observe(string name, string unit, string description, Func<long> value) =>
        _meter.CreateObservableGauge(name, value, unit, description);

    public void WorkflowStarted(WorkflowExecution execution)
    {
        if (_workflowsStarted.Enabled)
        {
            _workflowsStarted.Add(1, new KeyValuePair<string, object?>("mistral.workflow.name", execution.Name));
        }
    }

    public void WorkflowEnded(WorkflowExecution execution)
    {
        if (_workflowsEnded.Enabled || _workflowDuration.Enabled)
        {
            var name = new KeyValuePair<string, object?>("mistral.workflow.name", execution.Name);
            var state = new KeyValuePair<string, object?>("mistral.execution.state", execution.State.ToWireName());
            _workflowsEnded.Add(1, name, state);
            _workflowDuration.Record((execution.FinishedAt!.Value - execution.CreatedAt).TotalSeconds, name, state);
        }
    }

    public void TaskEnded(TaskExecution execution)
    {
        if (_tasksEnded.Enabled)
        {
            _tasksEnded.Add(1, new("mistral.workflow.name", execution.WorkflowName), new("mistral.execution.state", execution.State.ToWireName()));
        }
    }

    /// <param name="action">The name of the action.</param>
    /// <param name="end">The state that the action ended in, or why it has none.</param>
    /// <param name="duration">How long its body ran.</param>
    public void ActionRan(string action, string end, TimeSpan duration) =>
        _actionDuration.Record(duration.TotalSeconds, new("mistral.action.name", action), new("mistral.action.end", end));

    public void Committed(int trees, TimeSpan duration)
    {
        _commitDuration.Record(duration.TotalSeconds);
        _commitSize.Record(trees);
    }

    public void CommitFailed(string outcome) => _commitsFailed.Add(1, new KeyValuePair<string, object?>("mistral.commit.outcome", outcome));

    public void TimerFired(TimeSpan lag) => _timerLag.Record(lag.TotalSeconds);

    public void Dispose() => _meter.Dispose();
}
