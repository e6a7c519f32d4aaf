using System.Collections.Immutable;

namespace Mistral.Executions.Decisions;

/// <summary>
/// Tasks that wait for several routes. A join runs once an activation: a route from a task that had not yet led to it is
/// taken up by the activation that has run, and a task that leads to it again opens a new one. See "join" in Mistral's
/// description of the workflow language.
/// </summary>
internal static class Joins
{
    private const string WaitsForRoutes = "Waits for the routes that lead to it.";

    /// <summary>The execution of a join that a route leads to: a new one, when an earlier run of the same task has led to the last.</summary>
    public static TargetExecution Target(Turn turn, string workflowId, string join, TaskExecution trigger)
    {
        if (turn.Tree.WorkflowNode(workflowId).Progress.Find(join) is { } current
            && (current.State == ExecutionState.Waiting || IsGivenUp(turn, current.Id) || trigger.Visit == 1 || !HasLedTo(turn, workflowId, join, current.Id, trigger)))
        {
            return new(current.Id, false);
        }

        var id = turn.NewId();
        turn.KeepArrivals(workflowId, join, JoinArrivals.None(id));
        return new(id, true);
    }

    public static void Create(Turn turn, string workflowId, TaskDefinition definition, string id)
    {
        var record = TaskStart.NewRecord(turn, workflowId, definition, id, ExecutionState.Waiting) with
        {
            StateInfo = WaitsForRoutes,
        };
        turn.Create(record, DataContext.Empty);
    }

    /// <summary>A join that was given up before it had started waits again when another route leads to it.</summary>
    public static void Reopen(Turn turn, string id)
    {
        if (IsGivenUp(turn, id))
        {
            var task = turn.Tree.FindTask(id)!;
            turn.KeepHandover(task);
            turn.Save(ExecutionStateMachine.Move(task, ExecutionState.Waiting, turn.Now, WaitsForRoutes) with { NextTasks = null, Processed = false });
        }
    }

    /// <summary>Looks at the joins that the end of a task can start or make impossible.</summary>
    public static void Check(Turn turn, string workflowId, string task)
    {
        if (turn.Tree.FindWorkflowNode(workflowId) is not { } workflow)
        {
            return;
        }

        var graph = workflow.Definition.Graph;
        if (!graph.Tracked.Contains(task))
        {
            return;
        }

        var progress = workflow.Progress.Find(task);
        var tookAll = progress is { IsSettled: true } && graph.Outbound(task).All(progress.Took);
        if (tookAll)
        {
            // In the order of their creation, as where all of them are looked at.
            var waiting = graph.Outbound(task).Where(graph.IsJoin).Select(workflow.Progress.Find).Where(p => p is { State: ExecutionState.Waiting });
            foreach (var join in waiting.OrderBy(p => p!.Ordinal).ToList())
            {
                Look(turn, join!.Id);
            }
        }
        else
        {
            CheckAll(turn, workflowId);
        }
    }

    /// <summary>Looks at all joins of a workflow execution that wait.</summary>
    public static void CheckAll(Turn turn, string workflowId)
    {
        var workflow = turn.Tree.WorkflowNode(workflowId);
        foreach (var ordinal in workflow.Waiting)
        {
            Look(turn, workflow.Tasks[ordinal]);
        }
    }

    /// <summary>
    /// Nothing is left but joins that wait: the first fails that only a cycle of tasks that never run could reach, or, of
    /// joins that wait for one another, the first.
    /// </summary>
    public static void ResolveDeadlock(Turn turn, string workflowId)
    {
        var workflow = turn.Tree.WorkflowNode(workflowId);
        var graph = workflow.Definition.Graph;
        var waiting = workflow.Waiting.Select(ordinal => turn.Tree.TaskNode(workflow.Tasks[ordinal]).Record).ToList();
        Fail(turn, waiting.Find(j => graph.Inbound(j.Name).Count - workflow.Progress.LostWithCycles(graph, j.Name) < Needed(workflow, j.Name)) ?? waiting[0]);
    }

    private static bool IsGivenUp(Turn turn, string id) => turn.Tree.FindTask(id) is { State: ExecutionState.Error, StartedAt: null };

    private static bool HasLedTo(Turn turn, string workflowId, string join, string id, TaskExecution trigger)
    {
        if (turn.Tree.WorkflowNode(workflowId).Progress.ArrivalsAt(join, id) is not { } arrivals)
        {
            // A tree that was read from the store does not know; it does from here on.
            var led = turn.TasksOf(workflowId).Where(t => t.NextTasks?.Any(n => n.TaskExecutionId == id) == true);
            var first = led.GroupBy(t => t.Name, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, g.Min(t => t.Ordinal)));
            arrivals = new(id, first.ToImmutableDictionary(StringComparer.Ordinal));
            turn.KeepArrivals(workflowId, join, arrivals);
        }

        return arrivals.IncludesEarlierThan(trigger);
    }

    /// <summary>Starts a join that waits, or fails it, when its time has come.</summary>
    public static void Look(Turn turn, string taskId)
    {
        if (turn.Tree.FindTask(taskId) is not { State: ExecutionState.Waiting } task || !turn.Tree.TimersOf(taskId).IsEmpty)
        {
            return;
        }

        var workflow = turn.Tree.WorkflowNode(task.WorkflowExecutionId);
        if (workflow.Record.State != ExecutionState.Running)
        {
            return;
        }

        var needed = Needed(workflow, task.Name);
        var counts = workflow.Progress.CountsOf(task.Name);
        if (counts.Taken >= needed)
        {
            Start(turn, workflow, task);
        }
        else if (workflow.Definition.Graph.Inbound(task.Name).Count - counts.Lost < needed)
        {
            Fail(turn, task);
        }
    }

    private static int Needed(WorkflowNode workflow, string join) =>
        workflow.Definition.FindTask(join)!.Join!.Value.Count ?? workflow.Definition.Graph.Inbound(join).Count;

    private static void Start(Turn turn, WorkflowNode workflow, TaskExecution task)
    {
        var (joined, data) = WithUpstream(turn, workflow, task);
        TaskStart.StartJoin(turn, joined, data);
    }

    private static void Fail(Turn turn, TaskExecution task)
    {
        if (!turn.CanEndAtOnce())
        {
            turn.SetTimer(task.Id, TimerKind.RefreshJoin, TimeSpan.Zero);
            return;
        }

        var workflow = turn.Tree.WorkflowNode(task.WorkflowExecutionId);
        var missing = workflow.Definition.Graph.Inbound(task.Name)
            .Where(name => workflow.Progress.Find(name) is not { IsSettled: true } progress || !progress.Took(task.Name));
        var (joined, data) = WithUpstream(turn, workflow, task);
        turn.Save(joined, data);
        TaskCompletion.Complete(
            turn,
            task.Id,
            ExecutionState.Error,
            $"The join '{task.Name}' can no longer start: there is no route to it from {string.Join(", ", missing.Select(n => $"'{n}'"))}.");
    }

    /// <summary>A join with the data of the tasks that have led to it: a join that fails hands them on as well.</summary>
    private static (TaskExecution Task, DataContext Data) WithUpstream(Turn turn, WorkflowNode workflow, TaskExecution task)
    {
        var upstream = Upstream(workflow, task.Name);
        var handover = Handover.Merge([.. upstream.Select(u => u.Outbound is { } data ? new Handover(data, u.Origin) : turn.HandoverOf(u.Id))]);
        var joined = task with
        {
            InboundContext = ContextReader.Stored(handover),
            TriggeredBy = [.. upstream.Select(u => new TaskTrigger(u.Id, u.Next.First(n => n.Name == task.Name).Event))],
        };
        return (joined, handover.Data);
    }

    /// <summary>The tasks that led to a join, in the order in which they were created.</summary>
    private static List<TaskProgress> Upstream(WorkflowNode workflow, string join) =>
    [
        .. workflow.Definition.Graph.Inbound(join)
            .Select(workflow.Progress.Find)
            .Where(p => p is { IsSettled: true } && p.Took(join))
            .Select(p => p!)
            .OrderBy(p => p.Ordinal),
    ];
}
