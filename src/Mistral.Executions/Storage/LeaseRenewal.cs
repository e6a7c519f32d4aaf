namespace Mistral.Executions;

/// <summary>What became of the wish to write or renew a lease.</summary>
/// <param name="IsHeld">False when another engine has taken a tree of this one because its lease had run out: the engine must start anew under a new id.</param>
/// <param name="OtherEngines">Whether another engine has a lease too that has not run out.</param>
/// <param name="HasRequests">Whether there is something in the inbox that this engine would be given (<see cref="IExecutionStore.ReadRequestsAsync"/>).</param>
public readonly record struct LeaseRenewal(bool IsHeld, bool OtherEngines, bool HasRequests = false);
