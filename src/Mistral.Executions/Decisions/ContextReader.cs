namespace Mistral.Executions.Decisions;

/// <summary>Finds the data of a branch again from what its tasks published.</summary>
internal static class ContextReader
{
    // How far back a reader must go at the most: a snapshot costs as much as the data, so it is written once in so many tasks.
    private const int LongestWay = 32;

    /// <summary>Where a task that follows <paramref name="task"/> finds its data.</summary>
    public static ContextOrigin OriginAfter(TaskExecution task) =>
        task.Published.Count == 0 && task.InboundContext.Snapshot is null
            ? task.InboundContext
            : new() { TaskExecutionId = task.Id, Depth = task.InboundContext.Depth + 1 };

    /// <summary>The origin as it is stored: with a snapshot, when the way back has become long.</summary>
    public static ContextOrigin Stored(Handover handover) =>
        handover.Origin.Depth > LongestWay ? new() { Snapshot = handover.Data.ToSnapshot() } : handover.Origin;

    /// <summary>The data that a task hands on.</summary>
    /// <param name="path">The task and those on the way back from it.</param>
    /// <param name="taskId">The task.</param>
    public static DataContext Outbound(IEnumerable<TaskExecution> path, string taskId)
    {
        var tasks = path.ToDictionary(t => t.Id, StringComparer.Ordinal);
        var way = new Stack<TaskExecution>();
        var next = taskId;
        while (next is not null && tasks.TryGetValue(next, out var task))
        {
            way.Push(task);
            next = task.InboundContext.TaskExecutionId;
        }

        var data = way.TryPeek(out var first) && first.InboundContext.Snapshot is { } snapshot
            ? DataContext.FromSnapshot(snapshot)
            : DataContext.Empty;
        while (way.TryPop(out var task))
        {
            data = data.Publish(task.Published);
        }

        return data;
    }
}
