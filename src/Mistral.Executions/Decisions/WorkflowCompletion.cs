using System.Text;

namespace Mistral.Executions.Decisions;

/// <summary>The end of a workflow execution: whether it has come, in which state, and what its output is.</summary>
internal static class WorkflowCompletion
{
    /// <summary>Ends a running workflow execution none of whose tasks is open any more.</summary>
    public static void Check(Turn turn, string workflowId)
    {
        if (turn.Tree.FindWorkflowNode(workflowId) is not { Record.State: ExecutionState.Running } workflow)
        {
            return;
        }

        if (workflow.Open > 0)
        {
            if (workflow.Open == workflow.Waiting.Count && NoneHasTimers(turn, workflow))
            {
                Joins.ResolveDeadlock(turn, workflowId);
            }

            return;
        }

        try
        {
            if (workflow.Cancelled > 0)
            {
                var tasks = turn.Tree.TasksOf(workflowId).Where(static t => t.Record.State == ExecutionState.Cancelled).Select(static t => t.Record.Name);
                Cancel(turn, workflowId, $"Cancelled tasks: {string.Join(", ", tasks.Order(StringComparer.Ordinal))}");
            }
            else if (workflow.Definition.Type == WorkflowType.Reverse ? workflow.Errors == 0 : workflow.UnhandledErrors == 0)
            {
                End(turn, workflowId, ExecutionState.Success, null, Output(turn, workflow, workflow.Definition.Output, FinalContext(turn, workflow)));
            }
            else
            {
                Fail(turn, workflowId, DescribeFailure(turn, workflow));
            }
        }
        catch (Exception fault) when (fault is ExpressionException or TaskFaultException)
        {
            Fail(turn, workflowId, $"Failed to complete the workflow '{workflow.Record.Name}': {fault.Message}");
        }
    }

    private static bool NoneHasTimers(Turn turn, WorkflowNode workflow) => workflow.Waiting.All(o => turn.Tree.TimersOf(workflow.Tasks[o]).IsEmpty);

    /// <summary>Ends a workflow execution in SUCCESS before its tasks have.</summary>
    public static void Succeed(Turn turn, string workflowId, string? message)
    {
        var workflow = turn.Tree.WorkflowNode(workflowId);
        End(turn, workflowId, ExecutionState.Success, message, Output(turn, workflow, workflow.Definition.Output, FinalContext(turn, workflow)));
    }

    /// <summary>Ends a workflow execution in ERROR, with its output-on-error.</summary>
    public static void Fail(Turn turn, string workflowId, string? message)
    {
        var workflow = turn.Tree.WorkflowNode(workflowId);
        var output = JsonMap.Empty;
        try
        {
            if (workflow.Definition.OutputOnError is { } outputOnError)
            {
                output = Output(turn, workflow, outputOnError, FinalContext(turn, workflow));
            }
            else
            {
                output = FinalContext(turn, workflow).ToMap();
            }
        }
        catch (Exception fault) when (fault is ExpressionException or TaskFaultException)
        {
            message = $"{message}{(message is null ? "" : " ")}The output-on-error of the workflow '{workflow.Record.Name}' cannot be evaluated: {fault.Message}";
        }

        message = Secrets.Of(turn, workflow.Record).Apply(message);
        End(turn, workflowId, ExecutionState.Error, message, JsonMaps.MergeDeep(JsonMap.Create(("result", message)), output));
    }

    /// <summary>Cancels a workflow execution and those below it.</summary>
    public static void Cancel(Turn turn, string workflowId, string? message)
    {
        message = message is null ? null : Secrets.Of(turn, turn.Tree.WorkflowNode(workflowId).Record).Apply(message);
        var below = Pausing.OpenNested(turn, workflowId);
        End(turn, workflowId, ExecutionState.Cancelled, message, JsonMap.Create(("result", message)));
        CancelOpen(turn, below, message);
    }

    /// <summary>Cancels a workflow execution that its task no longer waits for, and those below it.</summary>
    public static void Abandon(Turn turn, string workflowId, string message)
    {
        var below = Pausing.OpenNested(turn, workflowId);
        var ended = Save(turn, workflowId, ExecutionState.Cancelled, message, JsonMap.Create(("result", message)));
        turn.Save(ended with { Accepted = false });
        CancelOpen(turn, below, message);
    }

    private static void CancelOpen(Turn turn, IReadOnlyList<string> below, string? message)
    {
        foreach (var nested in below)
        {
            if (turn.Tree.FindWorkflow(nested) is { } open && !open.State.IsCompleted())
            {
                Cancel(turn, nested, message);
            }
        }
    }

    private static void End(Turn turn, string workflowId, ExecutionState state, string? message, JsonMap output)
    {
        var ended = Save(turn, workflowId, state, message, output);
        if (ended.TaskExecutionId is { } parent)
        {
            ActionRules.OnChildEnded(turn, parent, state, ErrorOf(ended));
        }
    }

    private static WorkflowExecution Save(Turn turn, string workflowId, ExecutionState state, string? message, JsonMap output)
    {
        var workflow = turn.Tree.WorkflowNode(workflowId);
        var ended = ExecutionStateMachine.Move(workflow.Record, state, turn.Now, message) with { Output = output, Backlog = [] };
        foreach (var task in workflow.Tasks.Values)
        {
            turn.EndTimers(task);
        }

        turn.Save(ended);
        return ended;
    }

    private static JsonData ErrorOf(WorkflowExecution ended) => ended.State == ExecutionState.Success ? default : ended.Output.GetOrNull("result");

    private static DataContext FinalContext(Turn turn, WorkflowNode workflow)
    {
        if (workflow.Definition.Type == WorkflowType.Reverse)
        {
            var target = Truth.Text(workflow.Record.Parameters.GetOrNull("task_name"));
            var task = turn.Tree.TasksOf(workflow.Record.Id).LastOrDefault(t => t.Record.Name == target);
            return task is null ? DataContext.Empty : turn.HandoverOf(task.Record.Id).Data;
        }

        return DataContext.Merge(
        [
            .. turn.Tree.TasksOf(workflow.Record.Id)
                .Where(t => t.Record.State.IsCompleted() && !t.Record.HasNextTasks)
                .Select(t => turn.HandoverOf(t.Record.Id).Data),
        ]);
    }

    private static JsonMap Output(Turn turn, WorkflowNode workflow, IExpression? expression, DataContext context)
    {
        if (expression is not null)
        {
            var value = expression.Evaluate(new DecisionScope(turn, workflow.Record.Id, null) { Branch = context });
            if (value.Kind is not (JsonKind.Object or JsonKind.Null))
            {
                throw new TaskFaultException($"the output must be an object, but is {value.Kind}.");
            }

            if (JsonSize.Fault(value, turn.Input.Limits.PayloadBytes) is { } fault)
            {
                throw new TaskFaultException($"the output {fault}.");
            }

            if (Truth.Of(value))
            {
                return value.AsObject();
            }
        }

        return context.ToMap();
    }

    private static string DescribeFailure(Turn turn, WorkflowNode workflow)
    {
        var failed = turn.Tree.TasksOf(workflow.Record.Id)
            .Select(t => t.Record)
            .Where(t => t.State == ExecutionState.Error && !t.ErrorHandled)
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .ToList();
        var text = new StringBuilder("Failure caused by error in tasks: ");
        text.AppendJoin(", ", failed.Select(t => t.Name)).Append('\n');
        foreach (var task in failed.Take(LongestList))
        {
            text.Append($"\n  {task.Name} [task_ex_id={task.Id}] -> {task.StateInfo}\n");
        }

        return failed.Count > LongestList ? text.Append($"\n  and {failed.Count - LongestList} more\n").ToString() : text.ToString();
    }

    private const int LongestList = 100;
}
