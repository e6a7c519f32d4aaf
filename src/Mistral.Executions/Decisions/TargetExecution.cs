namespace Mistral.Executions.Decisions;

/// <summary>The task execution a route leads to.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsNew">Whether it has to be created.</param>
internal readonly record struct TargetExecution(string Id, bool IsNew);
