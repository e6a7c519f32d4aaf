namespace Mistral.Executions.Simulation;

/// <summary>Where the chance of a run comes from: a source for each purpose, all made from one seed.</summary>
internal sealed class Chance(long seed)
{
    public Random Scheduling { get; } = Of(seed, 1);

    public Random Workflows { get; } = Of(seed, 2);

    public Random Operating { get; } = Of(seed, 3);

    public Random Bodies { get; } = Of(seed, 4);

    public Random Faults { get; } = Of(seed, 5);

    public Random Ids { get; } = Of(seed, 6);

    // Neighbours and purposes are spread over all numbers, so that their sources have nothing in common.
    private static Random Of(long seed, int purpose)
    {
        var mixed = (ulong)seed * 0x9E3779B97F4A7C15 + (ulong)purpose * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 30)) * 0x94D049BB133111EB;
        return new((int)((mixed ^ (mixed >> 31)) & int.MaxValue));
    }
}
