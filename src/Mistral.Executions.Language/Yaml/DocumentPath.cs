using System.Globalization;

namespace Mistral.Executions.Language.Yaml;

/// <summary>The way from the top of a document to a value, as <c>my_workflow.tasks.t1.on-success[0]</c>.</summary>
internal sealed class DocumentPath
{
    private readonly DocumentPath? _parent;
    private readonly string _segment;

    private DocumentPath(DocumentPath? parent, string segment) => (_parent, _segment) = (parent, segment);

    public static DocumentPath Top { get; } = new(null, "");

    public DocumentPath Member(string name) => new(this, ReferenceEquals(this, Top) ? name : "." + name);

    public DocumentPath Item(int index) => new(this, string.Create(CultureInfo.InvariantCulture, $"[{index}]"));

    public override string ToString() => _parent + _segment;
}
