namespace Mistral.Executions.Decisions;

/// <summary>Gives ids and chance, both repeatable from one seed where a test wants that.</summary>
internal interface IIdSource
{
    /// <summary>A new UUIDv7 of that time, as text.</summary>
    string NewId(DateTimeOffset now);

    /// <summary>A number from 0 to below 1.</summary>
    double NextFraction();
}
