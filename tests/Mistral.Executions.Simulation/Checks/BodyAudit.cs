using Mistral.Executions.Simulation.Scheduling;

namespace Mistral.Executions.Simulation.Checks;

/// <summary>Looks at each start of a body whether it may be.</summary>
internal sealed class BodyAudit(CommitAudit store, History history, Violations violations, bool clocksAgree)
{
    private readonly Dictionary<string, List<SimulatedProcess>> _starts = new(StringComparer.Ordinal);

    public void Started(SimulatedProcess process, ActionContext context)
    {
        var id = context.ActionExecutionId;
        history.Event($"{process.Name} starts the body {id}");
        if (!_starts.TryGetValue(id, out var starts))
        {
            _starts.Add(id, starts = []);
        }

        LookAtRow(process, context, starts);
        if (starts.Contains(process))
        {
            violations.Add(Promise.SafeStartsAgainOnlyAfterDeath, $"{process.Name} started the body {id} twice");
        }

        starts.Add(process);
    }

    private void LookAtRow(SimulatedProcess process, ActionContext context, List<SimulatedProcess> starts)
    {
        var id = context.ActionExecutionId;
        var treeId = context.RootExecutionId ?? id;
        if (!store.Actions.TryGetValue(id, out var action))
        {
            if (!store.WasDeleted(treeId))
            {
                violations.Add(Promise.CommitBeforeEffect, $"the body {id} started before that was durable");
            }

            return;
        }

        if (!action.IsSafeToRerun && starts.Count > 0)
        {
            violations.Add(Promise.UnsafeStartsOnce, $"the body {id} is not safe to rerun and started again");
        }

        // Where clocks differ, an engine can take itself for the owner for a while after another has taken over.
        var isOwner = store.IsOwner(process, treeId);
        if (!isOwner && clocksAgree)
        {
            violations.Add(Promise.OneOwner, $"{process.Name} started the body {id} of a tree that another engine has");
        }

        if (action.State.IsCompleted() && starts.Count > 0 && isOwner)
        {
            violations.Add(Promise.SafeStartsAgainOnlyAfterDeath, $"the body {id} started again after its result was accepted");
        }
    }
}
