using System.Text.Json;

namespace Mistral.Executions.Language.Yaml;

/// <summary>Reads one task. See "Tasks" in Mistral's description of the workflow language.</summary>
internal sealed class TaskReader(ReadingContext context, WorkflowType type)
{
    // "type" and "version" are overwritten by Mistral, which writes them into each task itself.
    private static readonly string[] CommonAttributes =
    [
        "name", "version", "type", "description", "tags", "action", "workflow", "input", "with-items", "publish", "publish-on-error", "publish-on-skip",
        "target", "keep-result", .. PolicyReader.Attributes,
    ];

    private static readonly string[] DirectAttributes = [.. CommonAttributes, "join", .. RouteAttributes];

    private static readonly string[] ReverseAttributes = [.. CommonAttributes, "requires"];

    public static string[] RouteAttributes => ["on-success", "on-error", "on-complete", "on-skip"];

    public ReadTask Read(string name, DocumentElement element)
    {
        if (AttributeReader.Open(context, element, "a task, which is a mapping with at least one attribute") is not { } attributes)
        {
            return new(new TaskDefinition { Name = name, Action = NoAction() }, element, []);
        }

        attributes.RefuseUnknown(type == WorkflowType.Direct ? "A task of a direct workflow" : "A task of a reverse workflow", type == WorkflowType.Direct ? DirectAttributes : ReverseAttributes);
        var routes = new RouteReader(context);
        var clauses = type == WorkflowType.Direct ? RouteAttributes.Select(a => routes.Read(attributes, a)).ToArray() : [.. RouteAttributes.Select(_ => RouteClause.None)];
        var (action, workflow, input) = ReadCall(attributes, element);
        var task = new TaskDefinition
        {
            Name = name,
            Description = attributes.Text("description") ?? "",
            Tags = attributes.Texts("tags"),
            Action = action,
            Workflow = workflow,
            Input = input is null ? null : context.Compile(new(input, (attributes.Find("input") ?? attributes.Find("action") ?? attributes.Find("workflow") ?? element).Path)),
            WithItems = ReadItems(attributes),
            PublishOnSuccess = ReadPublish(attributes, "publish", clauses[2], clauses[0]),
            PublishOnError = ReadPublish(attributes, "publish-on-error", clauses[2], clauses[1]),
            PublishOnSkip = ReadPublish(attributes, "publish-on-skip", clauses[2], clauses[3]),
            OnSuccess = clauses[0].Definitions,
            OnError = clauses[1].Definitions,
            OnComplete = clauses[2].Definitions,
            OnSkip = clauses[3].Definitions,
            Join = type == WorkflowType.Direct ? ReadJoin(attributes) : null,
            Requires = type == WorkflowType.Reverse ? attributes.Texts("requires", orOne: true) : [],
            Policies = new PolicyReader(context).Read(attributes),
            Target = ReadTarget(attributes),
            KeepResult = attributes.Condition("keep-result"),
            Specification = Specify(name, attributes.Mapping, input),
        };
        return new(task, element, [.. RouteAttributes.Zip(clauses)]);
    }

    private static ConstantExpression NoAction() => new("std.noop");

    private (IExpression? Action, IExpression? Workflow, DocumentNode? Input) ReadCall(AttributeReader attributes, DocumentElement element)
    {
        var input = ReadInput(attributes);
        var (action, workflow) = (attributes.Find("action"), attributes.Find("workflow"));
        if (action is not null && workflow is not null)
        {
            context.Report(workflow.Value, "A task has an action or a workflow, not both.");
        }

        if ((action ?? workflow) is not { } called || attributes.TextOf(called) is not { } text)
        {
            return (NoAction(), null, input);
        }

        var command = InlineCommand.Parse(text);
        if (command is null)
        {
            context.Report(called, $"'{Wording.Shorten(text)}' does not start with a name or an expression.");
            return (NoAction(), null, input);
        }

        var name = context.Compile(called with { Node = DocumentNode.From(command.Name, called.Node.Place) }) ?? NoAction();
        input = WithParameters(called, input, command.Parameters);
        return action is null ? (null, name, input) : (name, null, input);
    }

    private DocumentNode? ReadInput(AttributeReader attributes)
    {
        switch (attributes.Find("input"))
        {
            case null:
                return null;
            case { Node: MappingNode { Entries.Count: > 0 } or ScalarNode { Data.Kind: JsonKind.String } } input:
                if (input.Node is ScalarNode)
                {
                    _ = attributes.TextOf(input);
                }

                return input.Node;
            case { } input:
                context.Report(input, $"Expected a mapping with at least one parameter, or an expression that gives one, but found {Wording.Found(input.Data)}.");
                return null;
        }
    }

    // Of a parameter given in both ways, Mistral takes the one in the line.
    private DocumentNode? WithParameters(DocumentElement called, DocumentNode? input, JsonMap parameters)
    {
        if (parameters.Count == 0)
        {
            return input;
        }

        var inline = (MappingNode)DocumentNode.From(parameters, called.Node.Place);
        if (input is ScalarNode)
        {
            context.Report(called, "A task whose 'input' is an expression cannot have parameters in this line too.");
            return input;
        }

        return input is MappingNode mapping ? mapping.MergedWith(inline) : inline;
    }

    private List<ItemSource> ReadItems(AttributeReader attributes)
    {
        if (attributes.Find("with-items") is not { } element)
        {
            return [];
        }

        var lines = element.Node is ScalarNode ? [element] : element.Items();
        if (element.Node is SequenceNode { Items.Count: > 0 })
        {
            attributes.RefuseEqualItems(element);
        }
        else if (element.Node is not ScalarNode)
        {
            context.Report(element, $"Expected 'name in collection', or a list of such lines, but found {Wording.Found(element.Data)}.");
        }

        return [.. lines.Select(line => ReadItem(attributes, line)).OfType<ItemSource>()];
    }

    private ItemSource? ReadItem(AttributeReader attributes, DocumentElement element)
    {
        if (attributes.TextOf(element) is not { } text)
        {
            return null;
        }

        try
        {
            if (ItemSyntax.Parse(text) is { } item)
            {
                var collection = context.Compile(element with { Node = DocumentNode.From(item.Collection, element.Node.Place) });
                return collection is null ? null : new(item.Name, collection);
            }

            context.Report(element, $"Expected 'name in collection', where the collection is an expression or a list as [1, 2], but found {Wording.Found(element.Data)}.");
        }
        catch (JsonException)
        {
            context.Report(element, $"The list in '{Wording.Shorten(text)}' is no JSON; expected a list as [1, \"two\"].");
        }

        return null;
    }

    private PublishDefinition? ReadPublish(AttributeReader attributes, string name, RouteClause complete, RouteClause state)
    {
        var own = attributes.Members(name, out var branch);
        if (complete.Publish is null && state.Publish is null)
        {
            return branch is null ? null : new() { Branch = branch };
        }

        return PublishSections.Merge(context, own, complete.Publish, state.Publish);
    }

    private JoinCondition? ReadJoin(AttributeReader attributes)
    {
        if (attributes.Find("join") is not { } element)
        {
            return null;
        }

        switch (element.Data.Kind)
        {
            case JsonKind.String when element.Data.AsString() == "all":
                return JoinCondition.All;
            case JsonKind.String when element.Data.AsString() == "one":
                return JoinCondition.One;
            case JsonKind.Integer when element.Data.AsInteger() is { Sign: >= 0 } count && count <= int.MaxValue:
                // join: 0 is no join at all, as in Mistral.
                return count.IsZero ? null : new JoinCondition((int)count);
            default:
                context.Report(element, $"Expected all, one or a whole number from 0, but found {Wording.Found(element.Data)}.");
                return null;
        }
    }

    private IExpression? ReadTarget(AttributeReader attributes) =>
        attributes.Text("target") is not null ? context.Compile(attributes.Find("target")!.Value) : null;

    /// <summary>The task as Mistral's <c>spec</c> shows it: with the parameters of the line in an input that is there, and its name, type and version.</summary>
    private JsonMap Specify(string name, MappingNode mapping, DocumentNode? input)
    {
        var data = mapping.Data.AsObject();
        if (input is MappingNode && data.ContainsKey("input"))
        {
            data = data.With("input", input.Data);
        }

        return data.With("type", type == WorkflowType.Direct ? "direct" : "reverse").With("name", name).With("version", MistralLanguage.Version);
    }
}

/// <summary>A task with the places of its parts.</summary>
internal sealed record ReadTask(TaskDefinition Task, DocumentElement Element, IReadOnlyList<(string Attribute, RouteClause Clause)> Clauses);
