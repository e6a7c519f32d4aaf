namespace Mistral.Executions;

/// <summary>
/// The engine was not seen for longer than its lease, and another one has taken over from it. It acts no more; open a new
/// engine.
/// </summary>
public sealed class LeaseLostException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="engineId">The engine that lost its lease.</param>
    public LeaseLostException(string engineId)
        : base($"Engine {engineId} has lost its lease: another engine on the same store has taken over from it. Open a new engine.") => EngineId = engineId;

    /// <summary>The engine that lost its lease.</summary>
    public string EngineId { get; }
}
