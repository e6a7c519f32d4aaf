namespace Mistral.Executions.Language.Yaml;

/// <summary>The faults found so far in one document.</summary>
internal sealed class DocumentFaults(string? file, int maximum)
{
    private readonly List<DefinitionFault> _faults = [];

    public bool Any => _faults.Count > 0;

    /// <summary>Whether no more faults are told.</summary>
    public bool IsFull => _faults.Count >= maximum;

    /// <summary>The faults in the order of the text.</summary>
    public IReadOnlyList<DefinitionFault> InOrder => [.. _faults.OrderBy(f => f.Line).ThenBy(f => f.Column)];

    /// <summary>The paths at which faults were found so far.</summary>
    public IReadOnlySet<string> Paths => _faults.Select(f => f.Path).OfType<string>().ToHashSet(StringComparer.Ordinal);

    public void Add(SourcePlace place, DocumentPath path, string reason, string? workflow = null, string? task = null)
    {
        if (!IsFull)
        {
            _faults.Add(new DefinitionFault(reason)
            {
                File = file,
                Line = place.Line > 0 ? place.Line : null,
                Column = place.Line > 0 ? place.Column : null,
                Workflow = workflow,
                Task = task,
                Path = path.ToString() is { Length: > 0 } text ? text : null,
            });
        }
    }

    /// <summary>The exception for a fault after which nothing more can be read.</summary>
    public DefinitionException Stop(SourcePlace place, DocumentPath path, string reason)
    {
        Add(place, path, reason);
        return new DefinitionException(InOrder);
    }

    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new DefinitionException(InOrder);
        }
    }
}
