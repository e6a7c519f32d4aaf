namespace Mistral.Executions.Model;

/// <summary>A numbered family of workflows, each explored on its own, so that a run can be cut anywhere and gone on with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many numbers it has.</param>
/// <param name="Explore">Explores the workflows of a number, and says how many sequences there were.</param>
internal sealed record Family(string Name, long Count, Func<long, int> Explore)
{
    /// <summary>All families, in the order in which a run by hand goes through them.</summary>
    public static IReadOnlyList<Family> All { get; } =
    [
        Exhaustive("two-tasks", new(tasks: 2, cycles: true, sets: true, commands: false), longest: 5, verbs: 0),
        Exhaustive("two-tasks-verbs", new(tasks: 2, cycles: false, sets: true, commands: true), longest: 5, verbs: 1),
        Exhaustive("three-tasks", new(tasks: 3, cycles: false, sets: false, commands: false), longest: 20, verbs: 0),
        Exhaustive("three-tasks-sets", new(tasks: 3, cycles: false, sets: true, commands: false), longest: 5, verbs: 0),
        Exhaustive("three-tasks-commands", new(tasks: 3, cycles: false, sets: false, commands: true), longest: 20, verbs: 0),
        Exhaustive("three-tasks-verbs", new(tasks: 3, cycles: false, sets: false, commands: false), longest: 5, verbs: 1),
        Exhaustive("four-tasks", new(tasks: 4, cycles: false, sets: false, commands: false), longest: 7, verbs: 0),
        new("random", 200_000, number => RandomRuns.Run(RandomRuns.At(number))),
        Exhaustive("three-tasks-cycles", new(tasks: 3, cycles: true, sets: false, commands: false), longest: 5, verbs: 0),
    ];

    public static Family Named(string name) => All.Single(f => f.Name == name);

    private static Family Exhaustive(string name, Graphs graphs, int longest, int verbs)
    {
        var exploration = new Exploration(longest, verbs);
        return new(name, graphs.Count, number => graphs.At(number).Sum(exploration.Explore));
    }
}
