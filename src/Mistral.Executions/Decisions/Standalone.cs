namespace Mistral.Executions.Decisions;

/// <summary>Action executions that belong to no task.</summary>
internal static class Standalone
{
    /// <exception cref="InputException">There is no such action, or the input does not fit.</exception>
    public static void Start(Turn turn, Message.StartAction start)
    {
        var traits = turn.Input.Catalog.FindAction(start.Action, start.Namespace)
            ?? throw new InputException($"There is no action '{start.Action}'.");
        if (traits.CheckInput(start.Input) is { } fault)
        {
            throw new InputException(fault);
        }

        WorkflowStart.CheckSize(turn, $"The input of the action '{start.Action}'", start.Input);

        var input = traits.FillDefaults(start.Input);
        var body = traits.PrepareInput(input, data => Children.InputScope(turn, null, null, data));
        var action = new ActionExecution
        {
            Id = start.Id,
            Name = traits.Name,
            Namespace = start.Namespace,
            State = ExecutionState.Running,
            Input = input,
            IsOutside = traits.ModeFor(body) == ActionMode.Outside,
            IsSafeToRerun = traits.IsSafeToRerun(body),
            Target = start.Target,
            CreatedAt = turn.Now,
        };
        turn.Changes.IsNewTree = true;
        turn.Save(action, isNew: true);
        Children.Run(turn, action, traits, body, task: null);
    }
}
