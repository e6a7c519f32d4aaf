namespace Mistral.Executions.Language.Yaml;

/// <summary>Reads a whole document. See "Workbooks" and "Workflows" in Mistral's description of the workflow language.</summary>
internal sealed class DocumentReader(ReadingContext context, string @namespace)
{
    private static readonly string[] WorkbookAttributes = ["version", "name", "description", "tags", "workflows", "actions"];

    private readonly List<ReadWorkflow> _workflows = [];
    private readonly List<AdHocActionDefinition> _actions = [];
    private string? _workbook;

    /// <summary>Reads the document.</summary>
    /// <param name="top">Its top.</param>
    /// <param name="kind">What it must be; what it looks like when <see langword="null"/>.</param>
    /// <returns>What it defines; only when no fault was found.</returns>
    /// <exception cref="DefinitionException">With all faults.</exception>
    public LanguageDocument Read(DocumentNode? top, DocumentKind? kind)
    {
        var element = new DocumentElement(top ?? new ScalarNode(new(1, 1, 0, 0), default), DocumentPath.Top);
        if (AttributeReader.Open(context, element, "a mapping with 'version' and what the document defines") is { } attributes)
        {
            ReadVersion(attributes.Find("version"), element, isNeeded: true);
            switch (kind ?? KindOf(attributes.Mapping))
            {
                case DocumentKind.Workbook:
                    ReadWorkbook(attributes, element);
                    break;
                case DocumentKind.Actions:
                    ReadActions(element);
                    RefuseEmpty(attributes.Mapping, element, "ad-hoc action");
                    break;
                default:
                    ReadWorkflows(element);
                    RefuseEmpty(attributes.Mapping, element, "workflow");
                    break;
            }
        }

        foreach (var workflow in _workflows)
        {
            WorkflowCheck.Report(context with { Workflow = workflow.Content.Name }, workflow);
        }

        context.Faults.ThrowIfAny();
        return new()
        {
            Workbook = _workbook,
            Namespace = @namespace,
            Workflows = [.. _workflows.Select(w => WorkflowDefinition.Create(w.Content))],
            Actions = _actions,
        };
    }

    private static DocumentKind KindOf(MappingNode top)
    {
        var members = top.Entries.Where(e => e.Name != "version").ToArray();
        if (top.Find("name") is { } name && (name.Value is ScalarNode || top.Find("workflows") is not null || top.Find("actions") is not null))
        {
            return DocumentKind.Workbook;
        }

        bool Has(string attribute) => members.Any(m => m.Value is MappingNode mapping && mapping.Find(attribute) is not null);
        return Has("base") && !Has("tasks") ? DocumentKind.Actions : DocumentKind.Workflows;
    }

    private void ReadVersion(DocumentElement? version, DocumentElement owner, bool isNeeded)
    {
        if (version is null)
        {
            if (isNeeded)
            {
                context.Report(owner, $"The document needs 'version', which is '{MistralLanguage.Version}'.");
            }

            return;
        }

        var data = version.Value.Data;
        var isKnown = data.Kind switch
        {
            JsonKind.String => data.AsString() is MistralLanguage.Version or "2",
            JsonKind.Integer or JsonKind.Float => data.AsDouble() == 2,
            _ => false,
        };
        if (!isKnown)
        {
            context.Report(version.Value, $"Expected version '{MistralLanguage.Version}', but found {Wording.Found(data)}.");
        }
    }

    private void RefuseEmpty(MappingNode top, DocumentElement element, string what)
    {
        if (top.Entries.All(e => e.Name == "version"))
        {
            context.Report(element, $"The document defines no {what}.");
        }
    }

    private void ReadWorkbook(AttributeReader attributes, DocumentElement element)
    {
        attributes.RefuseUnknown("A workbook", WorkbookAttributes);
        _workbook = attributes.Text("name");
        if (attributes.Find("name") is null)
        {
            context.Report(element, "A workbook needs 'name'.");
        }

        _ = attributes.Text("description");
        _ = attributes.Texts("tags");
        if (Section(attributes, "actions") is { } actions)
        {
            ReadActions(actions);
        }

        if (Section(attributes, "workflows") is { } workflows)
        {
            ReadWorkflows(workflows);
        }
    }

    private DocumentElement? Section(AttributeReader attributes, string name)
    {
        if (attributes.Find(name) is not { } section)
        {
            return null;
        }

        if (section.Node is not MappingNode { Entries.Count: > 0 } mapping)
        {
            context.Report(section, $"Expected a mapping with at least one member, but found {Wording.Found(section.Data)}.");
            return null;
        }

        ReadVersion(mapping.Find("version") is { } version ? section.Value(version) : null, section, isNeeded: false);
        foreach (var entry in mapping.Entries.Where(e => !e.Name.All(c => c == '-' || InlineParameters.IsWordCharacter(c))))
        {
            context.Report(entry.NamePlace, section.Path.Member(entry.Name), $"Expected a name of letters, digits, '_' and '-', but found '{Wording.Shorten(entry.Name)}'.");
        }

        return section;
    }

    private void ReadWorkflows(DocumentElement element)
    {
        foreach (var entry in Members(element))
        {
            var name = _workbook is null ? entry.Name : $"{_workbook}.{entry.Name}";
            if (new WorkflowReader(context with { Workflow = name }, @namespace, _workbook).Read(entry.Name, element.Value(entry)) is { } workflow)
            {
                _workflows.Add(workflow);
            }
        }
    }

    private void ReadActions(DocumentElement element)
    {
        foreach (var entry in Members(element))
        {
            if (new ActionReader(context, @namespace, _workbook).Read(entry.Name, element.Value(entry)) is { } action)
            {
                _actions.Add(action);
            }
        }
    }

    private static IEnumerable<MappingEntry> Members(DocumentElement element) => ((MappingNode)element.Node).Entries.Where(e => e.Name != "version");
}
