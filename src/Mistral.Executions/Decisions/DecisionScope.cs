using System.Globalization;

namespace Mistral.Executions.Decisions;

/// <summary>
/// What an expression sees: layers of variables, looked through from the first to the last, and the executions around.
/// See "Data flow" and "Mistral expression functions" in Mistral's documentation.
/// </summary>
internal sealed class DecisionScope : IExpressionContext
{
    private readonly Turn _turn;
    private readonly string? _workflowId;
    private readonly string? _taskId;

    /// <param name="turn">The decision.</param>
    /// <param name="workflowId">The workflow execution; none for an action that stands alone.</param>
    /// <param name="taskId">The task execution, when there is one in view.</param>
    public DecisionScope(Turn turn, string? workflowId, string? taskId) =>
        (_turn, _workflowId, _taskId) = (turn, workflowId, taskId);

    /// <summary>Comes before everything.</summary>
    public JsonMap? First { get; init; }

    /// <summary>The data of the branch.</summary>
    public DataContext? Branch { get; init; }

    /// <summary>The items of <c>with-items</c>.</summary>
    public JsonMap? Items { get; init; }

    /// <summary>The task in view as expressions are to see it, where that is not yet how it stands in the tree.</summary>
    public TaskExecution? Current { get; init; }

    /// <summary>The workflow execution that is about to start, before it is in the tree.</summary>
    public WorkflowExecution? Starting { get; init; }

    public JsonData? Root { get; init; }

    public DateTimeOffset Now => _turn.Now;

    public JsonData Environment => First is not null && First.TryGetValue("__env", out var given) ? given : EnvironmentOf();

    public IEnumerable<string> VariableNames => AllNames().Distinct(StringComparer.Ordinal);

    private WorkflowExecution? Workflow => Starting ?? (_workflowId is null ? null : _turn.Tree.FindWorkflow(_workflowId));

    public bool TryGetVariable(string name, out JsonData value)
    {
        if (First is not null && First.TryGetValue(name, out value))
        {
            return true;
        }

        if (Branch is not null && Branch.TryGetValue(name, out value))
        {
            return true;
        }

        if (Items is not null && Items.TryGetValue(name, out value))
        {
            return true;
        }

        if (Workflow is { } workflow && (workflow.Context.TryGetValue(name, out value) || workflow.Input.TryGetValue(name, out value)))
        {
            return true;
        }

        return TryGetOwn(name, out value);
    }

    public JsonData Execution() => Workflow is { } workflow ? Describe(workflow).Without("state").Without("state_info") : default;

    public JsonData Executions(string? id, string? rootExecutionId, string? state, string? fromTime, string? toTime)
    {
        var found = _turn.Workflows(new Lookup.Workflows(id, rootExecutionId, state));
        return JsonList.Create(found
            .Where(w => (fromTime is null || string.CompareOrdinal(Time(w.CreatedAt), fromTime) >= 0)
                && (toTime is null || string.CompareOrdinal(Time(w.CreatedAt), toTime) < 0))
            .Select(w => (JsonData)Describe(w)));
    }

    public JsonData Task(string? name)
    {
        if (_workflowId is null)
        {
            return default;
        }

        var current = Current ?? (_taskId is null ? null : _turn.Tree.FindTask(_taskId));
        var task = current is not null && (string.IsNullOrEmpty(name) || name == current.Name)
            ? current
            : name is null ? null : _turn.TaskByName(_workflowId, name);
        return task is null ? default : Describe(task);
    }

    public JsonData Tasks(string? workflowExecutionId, bool recursive, string? state, bool flat)
    {
        var found = new List<TaskExecution>();
        Collect(workflowExecutionId, recursive, state, flat, found);
        return JsonList.Create(found.Select(t => (JsonData)Describe(t)));
    }

    public JsonData Globals() => Workflow?.Context;

    public Guid NewId() => Guid.Parse(_turn.NewId());

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private JsonMap EnvironmentOf() =>
        Starting is { } starting && starting.Id == starting.RootExecutionId ? starting.Environment : _turn.EnvironmentOf(_workflowId);

    private static JsonMap Reference(string id, string? name) => name is null
        ? JsonMap.Create(("id", id))
        : JsonMap.Create(("id", id), ("name", name));

    private bool TryGetOwn(string name, out JsonData value)
    {
        value = default;
        switch (name)
        {
            case "__task_execution" when _taskId is not null && (Current ?? _turn.Tree.FindTask(_taskId)) is { } task:
                value = Reference(task.Id, task.Name);
                return true;
            case "__env" when _workflowId is not null:
                value = Environment;
                return true;
            case "__execution" when _workflowId is not null:
                value = Reference(_workflowId, null);
                return true;
            default:
                return false;
        }
    }

    private IEnumerable<string> AllNames()
    {
        if (_taskId is not null)
        {
            yield return "__task_execution";
        }

        foreach (var name in First?.Keys ?? [])
        {
            yield return name;
        }

        foreach (var name in Branch?.Names ?? [])
        {
            yield return name;
        }

        foreach (var name in Items?.Keys ?? [])
        {
            yield return name;
        }

        if (Workflow is { } workflow)
        {
            yield return "__env";
            yield return "__execution";
            foreach (var name in workflow.Context.Keys.Concat(workflow.Input.Keys))
            {
                yield return name;
            }
        }
    }

    private void Collect(string? workflowExecutionId, bool recursive, string? state, bool flat, List<TaskExecution> found)
    {
        var nested = new List<string>();
        foreach (var task in _turn.TasksOf(workflowExecutionId))
        {
            if (recursive && workflowExecutionId is not null && task.Type == TaskExecutionType.Workflow)
            {
                nested.AddRange(_turn.WorkflowsOfTask(task.Id).Select(w => w.Id));
            }

            if ((state is null || task.State.ToWireName() == state) && (!flat || IsBottom(task)))
            {
                found.Add(task);
            }
        }

        foreach (var id in nested)
        {
            Collect(id, recursive, state, flat, found);
        }
    }

    // As in Mistral: a task that runs workflows counts only when none of them is in the state of the task itself.
    private bool IsBottom(TaskExecution task) =>
        task.Type == TaskExecutionType.Action || _turn.WorkflowsOfTask(task.Id).All(w => w.State != task.State);

    private JsonMap Describe(WorkflowExecution workflow) => JsonMap.Create(
        ("id", workflow.Id),
        ("name", workflow.Name),
        ("spec", _turn.Input.Catalog.FindWorkflowByHash(workflow.DefinitionHash)?.Specification ?? JsonMap.Empty),
        ("input", workflow.Input),
        ("params", workflow.Parameters.With("env", workflow.Environment)),
        ("state", workflow.State.ToWireName()),
        ("state_info", workflow.StateInfo),
        ("created_at", Time(workflow.CreatedAt)),
        ("updated_at", Time(workflow.UpdatedAt)),
        ("root_execution_id", workflow.RootExecutionId == workflow.Id ? default : (JsonData)workflow.RootExecutionId));

    private JsonMap Describe(TaskExecution task) => JsonMap.Create(
        ("id", task.Id),
        ("name", task.Name),
        ("spec", _turn.DefinitionOf(task)?.Specification ?? JsonMap.Empty),
        ("state", task.State == ExecutionState.RunningDelayed ? "DELAYED" : task.State.ToWireName()),
        ("state_info", task.StateInfo),
        ("result", _turn.ResultOf(task)),
        ("published", task.Published),
        ("type", task.Type == TaskExecutionType.Workflow ? "WORKFLOW" : "ACTION"),
        ("workflow_execution_id", task.WorkflowExecutionId),
        ("created_at", Time(task.CreatedAt)),
        ("updated_at", Time(task.UpdatedAt)));
}
