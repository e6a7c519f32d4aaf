namespace Mistral.Executions;

/// <summary>No workflow or action of that name is registered.</summary>
public sealed class DefinitionNotFoundException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">Workflow or action.</param>
    /// <param name="name">The name that was looked for.</param>
    /// <param name="namespace">The namespace in which it was looked for first.</param>
    public DefinitionNotFoundException(ExecutionKind kind, string name, string @namespace)
        : this(kind, name, @namespace, [])
    {
    }

    internal DefinitionNotFoundException(ExecutionKind kind, string name, string @namespace, IReadOnlyCollection<string> registered)
        : base($"There is no {kind.ToString().ToLowerInvariant()} '{name}'{(string.IsNullOrEmpty(@namespace) ? "" : $" in the namespace '{@namespace}'")}"
            + (NearestName.Of(name, registered) is { } near ? $"; did you mean '{near}'?" : ": register it when the engine is opened.")) =>
        (ExecutionKind, DefinitionName) = (kind, name);

    /// <summary>Workflow or action.</summary>
    public ExecutionKind ExecutionKind { get; }

    /// <summary>The name that was looked for.</summary>
    public string DefinitionName { get; }
}
