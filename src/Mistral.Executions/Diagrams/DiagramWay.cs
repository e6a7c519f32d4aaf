namespace Mistral.Executions.Diagrams;

/// <summary>What is known of an edge.</summary>
internal enum DiagramWay
{
    /// <summary>It stands in the definition.</summary>
    Defined,

    /// <summary>An execution went along it.</summary>
    Taken,

    /// <summary>No execution went along it so far.</summary>
    NotTaken,

    /// <summary>It leads to an engine command under a condition, and nothing tells whether that held.</summary>
    Unknown,

    /// <summary>It leads from a task to the frame of the workflow that it runs.</summary>
    Nested,
}
