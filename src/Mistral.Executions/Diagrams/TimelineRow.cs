namespace Mistral.Executions.Diagrams;

/// <summary>The time of one task execution, cut into what was so of it.</summary>
internal sealed class TimelineRow
{
    private readonly List<TimelineBar> _bars = [];
    private readonly TimeSpan _shortest;

    /// <param name="task">The task execution.</param>
    /// <param name="children">What it ran, in any order.</param>
    /// <param name="until">Where what has not ended ends.</param>
    /// <param name="shortest">What is shorter than this cannot be seen, unless something ran in it.</param>
    public TimelineRow(TaskExecution task, IEnumerable<IExecution> children, DateTimeOffset until, TimeSpan shortest)
    {
        Task = task;
        _shortest = shortest;
        var end = task.FinishedAt ?? until;
        var at = task.CreatedAt;
        foreach (var (asked, run) in Runs(task, children, end, shortest))
        {
            var turn = asked > at ? asked : at;
            Add(TimelineBarKind.Waiting, at, turn);
            Add(TimelineBarKind.Queued, turn, run.From);
            _bars.Add(run);
            at = run.To;
        }

        Add(TimelineBarKind.Waiting, at, end);
        if (_bars.Count == 0)
        {
            _bars.Add(new(task.State == ExecutionState.Error ? TimelineBarKind.Failed : TimelineBarKind.Running, task.CreatedAt, end));
        }
    }

    public TaskExecution Task { get; }

    public IReadOnlyList<TimelineBar> Bars => _bars;

    private void Add(TimelineBarKind kind, DateTimeOffset from, DateTimeOffset to)
    {
        if (to - from > _shortest)
        {
            _bars.Add(new(kind, from, to));
        }
    }

    /// <summary>When something of the task ran: what overlaps, or follows at once, is one.</summary>
    private static List<(DateTimeOffset Asked, TimelineBar Run)> Runs(TaskExecution task, IEnumerable<IExecution> children, DateTimeOffset end, TimeSpan shortest)
    {
        var runs = new List<(DateTimeOffset Asked, TimelineBar Run)>();
        foreach (var child in children.Select(c => Bar(c, end)).OrderBy(c => c.Run.From))
        {
            if (runs is [.., var last] && child.Run.From <= last.Run.To + shortest)
            {
                var kind = last.Run.Kind == child.Run.Kind ? last.Run.Kind : TimelineBarKind.Running;
                runs[^1] = (last.Asked, new(kind, last.Run.From, child.Run.To > last.Run.To ? child.Run.To : last.Run.To));
            }
            else
            {
                runs.Add(child);
            }
        }

        // A task can fail although what it ran did not.
        if (runs is [.., var final] && task.State == ExecutionState.Error)
        {
            runs[^1] = (final.Asked, final.Run with { Kind = TimelineBarKind.Failed });
        }

        return runs;
    }

    /// <summary>When a child ran, and when it was asked for.</summary>
    private static (DateTimeOffset Asked, TimelineBar Run) Bar(IExecution child, DateTimeOffset end)
    {
        var (asked, from, to) = child switch
        {
            ActionExecution action => (action.CreatedAt, action.StartedAt ?? action.CreatedAt, action.FinishedAt),
            WorkflowExecution workflow => (workflow.CreatedAt, workflow.CreatedAt, workflow.FinishedAt),
            _ => throw new ArgumentOutOfRangeException(nameof(child)),
        };
        return (asked, new(child.State == ExecutionState.Error ? TimelineBarKind.Failed : TimelineBarKind.Running, from, to ?? (end > from ? end : from)));
    }
}
