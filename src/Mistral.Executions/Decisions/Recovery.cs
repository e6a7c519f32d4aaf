namespace Mistral.Executions.Decisions;

/// <summary>
/// What becomes of the actions that were running when the process died: those that are safe to rerun run again with the
/// same id, others end in ERROR and are never started twice. See "safe-rerun" in Mistral's description of the workflow
/// language.
/// </summary>
internal static class Recovery
{
    public static void Recover(Turn turn, Message.Recover message)
    {
        turn.Note(turn.Tree.TreeId, message.Event, message.Reason);
        foreach (var action in turn.Tree.OpenActions.Where(a => a is { State: ExecutionState.Running, IsOutside: false }).ToList())
        {
            if (!action.IsSafeToRerun)
            {
                Fail(turn, action, $"The process died while the action '{action.Name}' was running, and it is not safe to run it again.");
                continue;
            }

            try
            {
                Children.RunBody(turn, action);
            }
            catch (Exception fault) when (fault is TaskFaultException or ExpressionException or DefinitionException)
            {
                Fail(turn, action, $"The action '{action.Name}' was running when the process died and cannot be run again: {fault.Message}");
            }
        }
    }

    private static void Fail(Turn turn, ActionExecution action, string reason) =>
        ActionRules.Complete(turn, action, ActionResult.Error(reason));
}
