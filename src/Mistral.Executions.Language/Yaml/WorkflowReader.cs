namespace Mistral.Executions.Language.Yaml;

/// <summary>Reads one workflow. See "Workflows" in Mistral's description of the workflow language.</summary>
internal sealed class WorkflowReader(ReadingContext context, string @namespace, string? workbook)
{
    private static readonly string[] Attributes =
        ["name", "version", "type", "description", "tags", "input", "output", "output-on-error", "vars", "task-defaults", "tasks"];

    private static readonly string[] DefaultAttributes =
        ["name", "version", "description", "tags", "requires", .. TaskReader.RouteAttributes, .. PolicyReader.Attributes];

    /// <summary>The workflow, as far as it can be read; <see langword="null"/> when it is none at all.</summary>
    public ReadWorkflow? Read(string name, DocumentElement element)
    {
        if (AttributeReader.Open(context, element, "a workflow, which is a mapping with at least 'tasks'") is not { } attributes)
        {
            return null;
        }

        attributes.RefuseUnknown("A workflow", Attributes);
        var type = ReadType(attributes);
        var (defaults, defaultClauses) = ReadDefaults(attributes);
        var tasks = ReadTasks(attributes, element, type);
        var variables = attributes.Members("vars", out var compiledVariables);
        var content = new WorkflowContent
        {
            Name = workbook is null ? name : $"{workbook}.{name}",
            Namespace = @namespace,
            Workbook = workbook,
            Type = type,
            Description = ReadDescription(attributes),
            Tags = attributes.Texts("tags"),
            Input = InputReader.Read(context, attributes),
            Variables = compiledVariables,
            VariableNames = variables is null ? [] : [.. variables.Entries.Select(e => e.Name)],
            Output = attributes.Members("output"),
            OutputOnError = attributes.Members("output-on-error"),
            Tasks = [.. tasks.Select(t => defaults.ApplyTo(t.Task, type))],
            Specification = Specify(name, attributes.Mapping, tasks),
            Source = StoredWorkflow.Write(@namespace, workbook, name, attributes.Mapping.Data.AsObject()),
        };
        return new(content, element, tasks, defaultClauses);
    }

    private static JsonMap Specify(string name, MappingNode mapping, IReadOnlyList<ReadTask> tasks) => mapping.Data.AsObject()
        .With("tasks", JsonMap.Create(tasks.Select(t => KeyValuePair.Create<string, JsonData>(t.Task.Name, t.Task.Specification))))
        .With("name", name)
        .With("version", MistralLanguage.Version);

    private WorkflowType ReadType(AttributeReader attributes)
    {
        var element = attributes.Find("type");
        var text = element is { Data.Kind: JsonKind.String } found ? found.Data.AsString() : null;
        if (element is { } given && text is not ("direct" or "reverse"))
        {
            context.Report(given, $"Expected direct or reverse, but found {Wording.Found(given.Data)}.");
        }

        return text == "reverse" ? WorkflowType.Reverse : WorkflowType.Direct;
    }

    // Mistral looks at the description of a task, action or workbook, but never at that of a workflow.
    private string ReadDescription(AttributeReader attributes)
    {
        switch (attributes.Find("description"))
        {
            case null or { Data.IsNull: true }:
                return "";
            case { Data.Kind: JsonKind.String } text:
                return text.Data.AsString();
            case { Node: ScalarNode } scalar:
                return scalar.Data.ToString();
            case { } other:
                context.Report(other, $"Expected a text, but found {Wording.Found(other.Data)}.");
                return "";
        }
    }

    private (TaskDefaults Defaults, IReadOnlyList<(string Attribute, RouteClause Clause)> Clauses) ReadDefaults(AttributeReader workflow)
    {
        if (workflow.Find("task-defaults") is not { } element ||
            AttributeReader.Open(context, element, "a mapping with at least one default") is not { } attributes)
        {
            return (new(), []);
        }

        attributes.RefuseUnknown("'task-defaults'", DefaultAttributes);
        var routes = new RouteReader(context);
        var clauses = TaskReader.RouteAttributes.Select(a => (Attribute: a, Clause: routes.Read(attributes, a))).ToArray();
        var defaults = new TaskDefaults
        {
            OnSuccess = clauses[0].Clause.Definitions,
            OnError = clauses[1].Clause.Definitions,
            OnComplete = clauses[2].Clause.Definitions,
            OnSkip = clauses[3].Clause.Definitions,
            Requires = attributes.Texts("requires", orOne: true),
            Policies = new PolicyReader(context).Read(attributes),
        };
        return (defaults, clauses);
    }

    private List<ReadTask> ReadTasks(AttributeReader attributes, DocumentElement workflow, WorkflowType type)
    {
        if (attributes.Find("tasks") is not { } element)
        {
            context.Report(workflow, "A workflow needs 'tasks'.");
            return [];
        }

        if (element.Node is not MappingNode { Entries.Count: > 0 } tasks)
        {
            context.Report(element, $"Expected a mapping with at least one task, but found {Wording.Found(element.Data)}.");
            return [];
        }

        return [.. tasks.Entries.Select(e => new TaskReader(context with { Task = e.Name }, type).Read(e.Name, element.Value(e)))];
    }
}

/// <summary>A workflow as far as it could be read, with the places of its parts.</summary>
internal sealed record ReadWorkflow(
    WorkflowContent Content,
    DocumentElement Element,
    IReadOnlyList<ReadTask> Tasks,
    IReadOnlyList<(string Attribute, RouteClause Clause)> DefaultClauses);
