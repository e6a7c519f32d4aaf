using System.Collections.Immutable;

namespace Mistral.Executions.Decisions;

/// <summary>
/// How far the tasks before joins have come, by task name. Counts are kept as things happen, so that a finished task
/// costs the joins it leads to one step each, however many tasks lead there.
/// </summary>
/// <remarks>
/// A task towards a join is <em>taken</em> (ended, and took the route), <em>lost</em> (ended without, or can never run)
/// or pending. That a task that has not run can never run is seen by counting the ways into it that are lost; only
/// cycles escape the count, and <see cref="LostWithCycles"/> finds those when nothing else is going on.
/// </remarks>
internal sealed record RouteProgress
{
    public static readonly RouteProgress Empty = new();

    private ImmutableById<TaskProgress> Tasks { get; init; }

    // Both are null where no join was counted yet.
    private ImmutableDictionary<string, JoinCounts>? Joins { get; init; }

    // Of tasks that have not run: how many of the ways into them are lost.
    private ImmutableDictionary<string, int>? LostWays { get; init; }

    // Of joins whose latest activation was seen from its start, or was asked for since.
    private ImmutableDictionary<string, JoinArrivals>? Arrivals { get; init; }

    public TaskProgress? Find(string task) => Tasks.Find(task);

    /// <summary>The counts of a join that waits.</summary>
    public JoinCounts CountsOf(string join) => Joins?.GetValueOrDefault(join) ?? default;

    /// <summary>The progress of a workflow execution from the latest execution of each of its tasks.</summary>
    public static RouteProgress Of(WorkflowGraph graph, IEnumerable<TaskExecution> latest, Func<TaskExecution, DataContext?> outbound)
    {
        var tasks = default(ImmutableById<TaskProgress>);
        foreach (var record in latest.Where(t => graph.Tracked.Contains(t.Name)))
        {
            tasks = tasks.With(record.Name, Of(record, outbound(record)));
        }

        return new RouteProgress { Tasks = tasks }.Recounted(graph);
    }

    /// <summary>What is known of the tasks that have led to an execution of a join; <see langword="null"/> when that has to be looked up.</summary>
    public JoinArrivals? ArrivalsAt(string join, string id) =>
        Arrivals?.GetValueOrDefault(join) is { } arrivals && arrivals.JoinId == id ? arrivals : null;

    /// <summary>Keeps, from here on, which tasks have led to an execution of a join, the latest.</summary>
    public RouteProgress With(string join, JoinArrivals arrivals) =>
        this with { Arrivals = (Arrivals ?? None.Arrivals).SetItem(join, arrivals) };

    /// <summary>Takes a task execution in: the latest of its name.</summary>
    /// <param name="graph">The graph of the workflow.</param>
    /// <param name="record">The task execution.</param>
    /// <param name="inbound">The data it starts from; <see langword="null"/> when they have not been read yet.</param>
    public RouteProgress With(WorkflowGraph graph, TaskExecution record, DataContext? inbound)
    {
        if (!graph.Tracked.Contains(record.Name))
        {
            return this;
        }

        var arrivals = Arrivals is null ? null : ArrivalsWith(graph, record);
        var before = Find(record.Name);
        if (before is not null && before.Ordinal > record.Ordinal)
        {
            return ReferenceEquals(arrivals, Arrivals) ? this : this with { Arrivals = arrivals };
        }

        var after = Of(record, record.State.IsCompleted() ? inbound?.Publish(record.Published) : null);
        var changed = this with { Tasks = Tasks.With(record.Name, after), Arrivals = arrivals };

        // A task that runs again, or that runs although it was given up, changes what was counted: count anew.
        var wasCounted = before is { IsSettled: true } || (before is null && IsLostByCount(graph, record.Name));
        if (wasCounted && !(before is { IsSettled: true } && after.IsSettled && SameRoutes(before, after)))
        {
            return changed.Recounted(graph);
        }

        return after.IsSettled && before is not { IsSettled: true } ? changed.Settle(graph, record.Name, after) : changed;
    }

    /// <summary>Counts everything anew.</summary>
    public RouteProgress Recounted(WorkflowGraph graph)
    {
        var counted = this with { Joins = null, LostWays = null };
        foreach (var name in graph.Tracked)
        {
            counted = Find(name) is { IsSettled: true } task ? counted.Settle(graph, name, task) : counted;
        }

        return counted;
    }

    /// <summary>
    /// How many of the tasks before a join will never lead to it, when those count as well that only a cycle of tasks that
    /// have not run leads to.
    /// </summary>
    public int LostWithCycles(WorkflowGraph graph, string join)
    {
        var alive = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>();
        void Reach(string name)
        {
            if (!Tasks.Contains(name) && alive.Add(name))
            {
                open.Push(name);
            }
        }

        foreach (var name in graph.Tracked.Where(n => Tasks.Contains(n)))
        {
            var task = Tasks[name];
            foreach (var next in task.IsSettled ? task.Next.Select(n => n.Name) : graph.Outbound(name))
            {
                Reach(next);
            }
        }

        while (open.TryPop(out var name))
        {
            foreach (var next in graph.Outbound(name))
            {
                Reach(next);
            }
        }

        return graph.Inbound(join).Count(from => Find(from) is { } progress ? progress.IsSettled && !progress.Took(join) : !alive.Contains(from));
    }

    private static TaskProgress Of(TaskExecution record, DataContext? outbound) =>
        new(record.Id, record.Ordinal, record.State, record.NextTasks, outbound, ContextReader.OriginAfter(record), record.Visit);

    private static bool SameRoutes(TaskProgress before, TaskProgress after) =>
        before.Id == after.Id && before.Next.Select(n => n.Name).SequenceEqual(after.Next.Select(n => n.Name), StringComparer.Ordinal);

    private ImmutableDictionary<string, JoinArrivals> ArrivalsWith(WorkflowGraph graph, TaskExecution record)
    {
        var arrivals = Arrivals!;
        foreach (var join in graph.Outbound(record.Name))
        {
            if (!arrivals.TryGetValue(join, out var known))
            {
                continue;
            }

            var first = known.First.GetValueOrDefault(record.Name, int.MaxValue);
            var leads = record.NextTasks?.Any(n => n.TaskExecutionId == known.JoinId) == true;
            if (leads && record.Ordinal < first)
            {
                arrivals = arrivals.SetItem(join, known with { First = known.First.SetItem(record.Name, record.Ordinal) });
            }
            else if (!leads && record.Ordinal == first)
            {
                // It runs again. Whether another run of the same task has led there has not been kept.
                arrivals = arrivals.Remove(join);
            }
        }

        return arrivals;
    }

    private bool IsLostByCount(WorkflowGraph graph, string task) =>
        graph.Inbound(task).Count is > 0 and var ways && LostWays?.GetValueOrDefault(task) >= ways;

    private RouteProgress Settle(WorkflowGraph graph, string task, TaskProgress progress)
    {
        var joins = Joins ?? None.Joins;
        var lostWays = LostWays ?? None.LostWays;
        var lost = new Stack<string>();
        void Lose(string target)
        {
            if (graph.IsJoin(target))
            {
                var counts = joins.GetValueOrDefault(target);
                joins = joins.SetItem(target, counts with { Lost = counts.Lost + 1 });
            }

            var ways = lostWays.GetValueOrDefault(target) + 1;
            lostWays = lostWays.SetItem(target, ways);
            if (ways == graph.Inbound(target).Count && !Tasks.Contains(target))
            {
                lost.Push(target);
            }
        }

        foreach (var target in graph.Outbound(task))
        {
            if (!graph.Tracked.Contains(target))
            {
                continue;
            }

            if (progress.Took(target))
            {
                if (!graph.IsJoin(target))
                {
                    continue;
                }

                var counts = joins.GetValueOrDefault(target);
                joins = joins.SetItem(target, counts with { Taken = counts.Taken + 1 });
            }
            else
            {
                Lose(target);
            }
        }

        while (lost.TryPop(out var name))
        {
            foreach (var target in graph.Outbound(name))
            {
                if (graph.Tracked.Contains(target))
                {
                    Lose(target);
                }
            }
        }

        return this with { Joins = joins, LostWays = lostWays };
    }

    private static class None
    {
        public static readonly ImmutableDictionary<string, JoinCounts> Joins = ImmutableDictionary.Create<string, JoinCounts>(StringComparer.Ordinal);

        public static readonly ImmutableDictionary<string, JoinArrivals> Arrivals = ImmutableDictionary.Create<string, JoinArrivals>(StringComparer.Ordinal);

        public static readonly ImmutableDictionary<string, int> LostWays = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);
    }
}
