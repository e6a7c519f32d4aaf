using System.Diagnostics;

namespace Mistral.Executions.Tests.Engine;

/// <summary>Listens to the spans of one tree.</summary>
internal sealed class SpanKeeper : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly List<Activity> _ended = [];

    public SpanKeeper(string rootId)
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == "Mistral.Executions",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("mistral.root_execution.id"), rootId) || Equals(activity.GetTagItem("mistral.workflow_execution.id"), rootId))
                {
                    lock (_ended)
                    {
                        _ended.Add(activity);
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> Ended
    {
        get
        {
            lock (_ended)
            {
                return [.. _ended];
            }
        }
    }

    public Activity Only(string displayName) => Ended.Should().ContainSingle(a => a.DisplayName == displayName).Subject;

    public void Dispose() => _listener.Dispose();
}
