using Mistral.Executions.Decisions;
using Mistral.Executions.Simulation.Operating;

namespace Mistral.Executions.Simulation.Checks;

/// <summary>Reads trees as an engine does, and holds them against the rules and against what engines have in memory.</summary>
internal sealed class TreeCheck(World world)
{
    private int _commits = -1;

    /// <summary>Looks at every tree, if anything was written since the last look. Nothing must be under way.</summary>
    public async Task LookAsync()
    {
        if (_commits == world.Audit.Commits)
        {
            return;
        }

        _commits = world.Audit.Commits;
        var trees = world.Audit.Workflows.Values.Select(w => w.RootExecutionId).Concat(world.Audit.Actions.Values.Where(a => a.TaskExecutionId is null).Select(a => a.Id));
        foreach (var treeId in trees.Distinct(StringComparer.Ordinal).ToList())
        {
            await LookAsync(treeId);
        }
    }

    private async Task LookAsync(string treeId)
    {
        var owner = world.Hosts.Find(h => world.Audit.IsOwner(h.Process, treeId));
        var stored = await world.Audit.LoadAsync(treeId);
        Report(treeId, TreeInvariants.Violations(stored));
        if (owner?.Engine.Runtime.Trees.Find(treeId)?.Durable is { Exists: true } live)
        {
            Report(treeId, TreeInvariants.Violations(live));
            Report(treeId, TreeInvariants.Differences(live, stored));
        }
    }

    private void Report(string treeId, IEnumerable<string> violations)
    {
        foreach (var violation in violations)
        {
            world.Violations.Add(Promise.TreesAreRight, $"{treeId}: {violation}");
        }
    }
}
