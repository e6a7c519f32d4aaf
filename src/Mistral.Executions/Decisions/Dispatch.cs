namespace Mistral.Executions.Decisions;

/// <summary>Carries out the commands that follow from an ended task. See "Engine commands" in Mistral's description of the workflow language.</summary>
internal static class Dispatch
{
    /// <summary>The commands of one ended task as they are carried out.</summary>
    public static IReadOnlyList<Command> Plan(Turn turn, string workflowId, IReadOnlyList<Command> commands, TaskExecution trigger) =>
        commands is [{ IsEngineCommand: false } only] && !turn.Tree.WorkflowNode(workflowId).Definition.Graph.IsJoin(only.Target)
            ? new[] { only with { Execution = new(turn.NewId(), true) } }
            : commands.Count == 0 ? [] : Plan(turn, workflowId, commands, Always(trigger));

    /// <summary>
    /// The commands as they are carried out: without noop; tasks that start before tasks that wait, and the last of them
    /// first, as in Mistral; nothing after the first command that ends the workflow; what stands after a pause is kept
    /// for the resume. Each task command knows the task execution it leads to.
    /// </summary>
    public static List<Command> Plan(Turn turn, string workflowId, IReadOnlyList<Command> commands, Func<string, TaskExecution> triggers)
    {
        var graph = turn.Tree.WorkflowNode(workflowId).Definition.Graph;
        var wanted = commands.Where(c => c.Target != EngineCommands.Noop).ToList();
        var turningPoint = wanted.FindIndex(c => c.ChangesState);
        var before = turningPoint < 0 ? wanted : wanted[..turningPoint];
        var plan = before.Where(c => !graph.IsJoin(c.Target)).Reverse()
            .Concat(before.Where(c => graph.IsJoin(c.Target)).OrderBy(c => c.Target, StringComparer.Ordinal))
            .ToList();
        if (turningPoint >= 0)
        {
            plan.Add(wanted[turningPoint]);
            if (wanted[turningPoint].Target == EngineCommands.Pause)
            {
                plan.AddRange(wanted[(turningPoint + 1)..]);
            }
        }

        var stopped = false;
        var joins = new Dictionary<string, TargetExecution>(StringComparer.Ordinal);
        for (var i = 0; i < plan.Count; i++)
        {
            var command = plan[i];
            stopped |= command.ChangesState;
            if (stopped || command.IsEngineCommand)
            {
                continue;
            }

            if (!graph.IsJoin(command.Target))
            {
                plan[i] = command with { Execution = new(turn.NewId(), true) };
                continue;
            }

            // Two routes of one task to the same join count as one.
            if (!joins.TryGetValue(command.Target, out var target))
            {
                target = Joins.Target(turn, workflowId, command.Target, triggers(command.TriggerId));
                joins.Add(command.Target, target with { IsNew = false });
            }

            plan[i] = command with { Execution = target };
        }

        return plan;
    }

    /// <summary>Starts and changes what the plan says. A command that finds the workflow paused is kept for its resume.</summary>
    public static void Run(Turn turn, string workflowId, IReadOnlyList<Command> plan)
    {
        for (var place = 0; place < plan.Count; place++)
        {
            var command = plan[place];

            // A nested one that a command has ended may be forgotten.
            if (turn.Tree.FindWorkflowNode(workflowId) is not { } workflow || workflow.Record.State.IsCompleted())
            {
                return;
            }

            if (workflow.Record.State == ExecutionState.Paused)
            {
                var pending = new PendingCommand(command.Target, command.Message, command.Trigger);
                turn.Save(workflow.Record with { Backlog = [.. workflow.Record.Backlog, pending] });
            }
            else if (command.IsEngineCommand)
            {
                SetState(turn, workflowId, command);
            }
            else if (command.Execution is { } target)
            {
                var definition = workflow.Definition.FindTask(command.Target)!;
                if (definition.Join is null)
                {
                    TaskStart.Start(turn, workflowId, definition, target.Id, turn.HandoverOf(command.TriggerId), [command.Trigger]);
                }
                else if (target.IsNew)
                {
                    Joins.Create(turn, workflowId, definition, target.Id);
                }
                else
                {
                    Joins.Reopen(turn, target.Id);
                }
            }
        }
    }

    private static Func<string, TaskExecution> Always(TaskExecution trigger) => _ => trigger;

    private static void SetState(Turn turn, string workflowId, Command command)
    {
        var message = Truth.Text(command.Message);
        switch (command.Target)
        {
            case EngineCommands.Fail:
                WorkflowCompletion.Fail(turn, workflowId, message);
                break;
            case EngineCommands.Succeed:
                WorkflowCompletion.Succeed(turn, workflowId, message);
                break;
            case EngineCommands.Pause:
                Pausing.Pause(turn, workflowId, message);
                break;
        }
    }
}
