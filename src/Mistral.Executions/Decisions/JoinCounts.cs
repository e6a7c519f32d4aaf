namespace Mistral.Executions.Decisions;

/// <summary>How the tasks before a join stand.</summary>
/// <param name="Taken">How many took the route to it.</param>
/// <param name="Lost">How many never will.</param>
internal readonly record struct JoinCounts(int Taken, int Lost);
