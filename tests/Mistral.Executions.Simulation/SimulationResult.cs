namespace Mistral.Executions.Simulation;

/// <summary>What came of a run.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Broken">The promises that were broken, and how.</param>
/// <param name="Steps">How many pieces of work ran.</param>
/// <param name="Commits">How many sets of changes were written.</param>
/// <param name="Deaths">How many processes died.</param>
/// <param name="History">What happened.</param>
internal sealed record SimulationResult(long Seed, IReadOnlyList<string> Broken, int Steps, int Commits, int Deaths, History History);
