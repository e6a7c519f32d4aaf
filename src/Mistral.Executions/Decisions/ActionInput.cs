namespace Mistral.Executions.Decisions;

/// <summary>The input of the action or workflow of a task.</summary>
internal static class ActionInput
{
    /// <exception cref="TaskFaultException">It is no object, or too large.</exception>
    /// <exception cref="ExpressionException">It cannot be evaluated.</exception>
    public static JsonMap Evaluate(Turn turn, TaskExecution task, TaskDefinition definition, JsonMap? items)
    {
        var input = definition.Input is null ? JsonMap.Empty : definition.Input.Evaluate(TaskStart.Scope(turn, task, items));
        if (input.Kind != JsonKind.Object)
        {
            throw new TaskFaultException($"the input must be an object, but is {input.Kind}: {Shorten(input.ToString())}");
        }

        // "__actions" of the environment gives defaults for an action, by the name that the task writes.
        return definition.Action is { } action
            && turn.Tree.FindWorkflow(task.WorkflowExecutionId)!.Environment.GetOrNull("__actions")[action.Text] is { Kind: JsonKind.Object } defaults
                ? JsonMaps.MergeDeep(defaults.AsObject(), input.AsObject())
                : input.AsObject();
    }

    public static string Shorten(string text) => text.Length <= 200 ? text : $"{text[..200]}…";
}
