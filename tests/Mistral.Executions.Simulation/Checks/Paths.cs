namespace Mistral.Executions.Simulation.Checks;

/// <summary>Which states can be reached from which by any number of legal changes: several can go to disk together.</summary>
internal static class Paths
{
    public static bool CanReach(ExecutionKind kind, ExecutionState from, ExecutionState to)
    {
        var table = ExecutionStateMachine.Transitions(kind);
        var found = new HashSet<ExecutionState> { from };
        var open = new Stack<ExecutionState>(found);
        while (!found.Contains(to) && open.TryPop(out var state))
        {
            foreach (var next in table.From(state))
            {
                if (found.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return found.Contains(to);
    }
}
