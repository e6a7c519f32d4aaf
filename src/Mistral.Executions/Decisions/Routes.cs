namespace Mistral.Executions.Decisions;

/// <summary>Which routes an ended task takes. See "Transitions with direct workflow" in Mistral's description of the workflow language.</summary>
internal static class Routes
{
    /// <summary>The commands, in the order of the definition: those of the kind that fits the state, then on-complete.</summary>
    /// <param name="turn">The decision.</param>
    /// <param name="ended">The task.</param>
    /// <param name="definition">Its definition.</param>
    /// <param name="outbound">The data it hands on, which guards and messages see.</param>
    /// <exception cref="ExpressionException">A guard or message cannot be evaluated.</exception>
    public static List<Command> Find(Turn turn, TaskExecution ended, TaskDefinition definition, DataContext outbound)
    {
        var commands = new List<Command>(1);
        DecisionScope? scope = null;
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
            var routes = definition.Routes(kind);
            for (var place = 0; place < routes.Count; place++)
            {
                var route = routes[place];
                if (route.Guard is null || Truth.Of(route.Guard.Evaluate(Scope())))
                {
                    commands.Add(new(route.Target, kind, route.Message?.Evaluate(Scope()) ?? default, ended.Id));
                }
            }
        }

        DecisionScope Scope() => scope ??= TaskCompletion.Scope(turn, ended, outbound);
    }
}
