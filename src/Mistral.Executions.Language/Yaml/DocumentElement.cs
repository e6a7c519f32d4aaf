namespace Mistral.Executions.Language.Yaml;

/// <summary>A value together with the way to it.</summary>
internal readonly record struct DocumentElement(DocumentNode Node, DocumentPath Path)
{
    public JsonData Data => Node.Data;

    public IEnumerable<DocumentElement> Items()
    {
        var path = Path;
        return Node is SequenceNode sequence ? sequence.Items.Select((item, index) => new DocumentElement(item, path.Item(index))) : [];
    }

    public DocumentElement Value(MappingEntry entry) => new(entry.Value, Path.Member(entry.Name));
}
