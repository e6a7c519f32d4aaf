namespace Mistral.Executions.Decisions;

/// <summary>Which routes an ended task takes. See "Transitions with direct workflow" in Mistral's description of the workflow language.</summary>
internal static class Routes
{
    /// <summary>The commands, in the order of the definition: those of the kind that fits the state, then on-complete.</summary>
    /// <exception cref="ExpressionException">A guard or message cannot be evaluated.</exception>
    public static List<Command> Find(TaskExecution ended, TaskDefinition definition, DecisionScope scope)
    {
        var commands = new List<Command>();
        switch (ended.State)
        {
            case ExecutionState.Error:
                Take(RouteKind.OnError);
                Take(RouteKind.OnComplete);
                break;
            case ExecutionState.Success:
                Take(RouteKind.OnSuccess);
                Take(RouteKind.OnComplete);
                break;
            case ExecutionState.Skipped:
                Take(RouteKind.OnSkip);
                if (commands.Count == 0)
                {
                    Take(RouteKind.OnSuccess);
                }

                break;
        }

        return commands;

        void Take(RouteKind kind)
        {
            foreach (var route in definition.Routes(kind))
            {
                if (route.Guard is null || Truth.Of(route.Guard.Evaluate(scope)))
                {
                    commands.Add(new(route.Target, kind, route.Message?.Evaluate(scope) ?? default, ended.Id));
                }
            }
        }
    }
}
