namespace Mistral.Executions.Testing;

/// <summary>Makes records and changes, with ids and times in order and the same on every run.</summary>
internal sealed class StoredWorld
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private int _made;

    public string EngineId { get; init; } = "engine-1";

    public string NextId()
    {
        var number = ++_made;
        return $"0195{number >> 16:x4}-{number & 0xffff:x4}-7000-8000-000000000001";
    }

    public DateTimeOffset NextTime() => Start.AddSeconds(++_made);

    public WorkflowExecution Workflow(string? id = null, TaskExecution? parent = null)
    {
        id ??= NextId();
        return new WorkflowExecution
        {
            Id = id,
            Name = "order",
            DefinitionHash = "hash",
            State = ExecutionState.Running,
            RootExecutionId = parent?.RootExecutionId ?? id,
            TaskExecutionId = parent?.Id,
            CreatedAt = NextTime(),
            UpdatedAt = Start,
        };
    }

    public TaskExecution Task(WorkflowExecution parent, string name = "task", ExecutionState state = ExecutionState.Running) => new()
    {
        Id = NextId(),
        Name = name,
        WorkflowExecutionId = parent.Id,
        RootExecutionId = parent.RootExecutionId,
        WorkflowName = parent.Name,
        State = state,
        Ordinal = _made,
        CreatedAt = NextTime(),
        UpdatedAt = Start,
    };

    public ActionExecution Action(TaskExecution parent, ExecutionState state = ExecutionState.Running) => new()
    {
        Id = NextId(),
        Name = "std.echo",
        TaskExecutionId = parent.Id,
        WorkflowExecutionId = parent.WorkflowExecutionId,
        RootExecutionId = parent.RootExecutionId,
        State = state,
        CreatedAt = NextTime(),
    };

    public ActionExecution StandAloneAction(ExecutionState state = ExecutionState.Running) =>
        new() { Id = NextId(), Name = "std.echo", State = state, CreatedAt = NextTime() };

    public ExecutionTimer Timer(string treeId, string executionId, DateTimeOffset dueAt) =>
        new() { Id = NextId(), TreeId = treeId, ExecutionId = executionId, Kind = TimerKind.TaskTimeout, DueAt = dueAt };

    public HistoryEntry Entry(string treeId, string executionId, string happened = "paused", string? reason = null) =>
        new(NextId(), treeId, executionId, NextTime(), happened, reason);

    /// <summary>The beginning of a tree.</summary>
    public ExecutionChanges Beginning(WorkflowExecution root) => Changes(root.Id) with { IsNewTree = true, NewWorkflows = [root] };

    /// <summary>The beginning of a tree that is an action execution.</summary>
    public ExecutionChanges Beginning(ActionExecution root) => Changes(root.Id) with { IsNewTree = true, NewActions = [root] };

    public ExecutionChanges Changes(string treeId, long epoch = 1) => new() { TreeId = treeId, OwnerId = EngineId, Epoch = epoch };

    /// <summary>A task execution as it is when it has ended and led on: what a tree needs no more.</summary>
    public static TaskExecution Finished(TaskExecution task, string next = "next") => task with
    {
        State = ExecutionState.Success,
        Processed = true,
        NextTasks = [new NextTask(next, RouteKind.OnSuccess)],
        FinishedAt = Start.AddHours(1),
    };

    public static ActionExecution Finished(ActionExecution action, bool accepted = true) => action with
    {
        State = ExecutionState.Success,
        Accepted = accepted,
        Output = JsonMap.Create(("result", 1)),
        FinishedAt = Start.AddHours(1),
    };

    public static WorkflowExecution Finished(WorkflowExecution workflow) =>
        workflow with { State = ExecutionState.Success, FinishedAt = Start.AddHours(1) };
}
