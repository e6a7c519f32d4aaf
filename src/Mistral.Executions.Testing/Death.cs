namespace Mistral.Executions.Testing;

/// <summary>A death of the process.</summary>
/// <param name="Commit">After which commit, from 1.</param>
/// <param name="Written">What that commit wrote, for people.</param>
internal sealed record Death(int Commit, string Written)
{
    public static Death After(int commit, IReadOnlyList<ExecutionChanges> group) => new(commit, string.Join(", ", group.SelectMany(Moves)));

    private static IEnumerable<string> Moves(ExecutionChanges changes) =>
    [
        .. changes.NewWorkflows.Concat(changes.Workflows).Select(w => $"workflow '{w.Name}' {w.State.ToWireName()}"),
        .. changes.NewTasks.Concat(changes.Tasks).Select(t => $"task '{t.Name}' {t.State.ToWireName()}"),
        .. changes.NewActions.Concat(changes.Actions).Select(a => $"action '{a.Name}' {a.State.ToWireName()}"),
    ];
}
