namespace Mistral.Executions.Language.Yaml;

/// <summary>Reads one ad-hoc action. See "Ad-hoc Actions" in Mistral's description of the workflow language.</summary>
internal sealed class ActionReader(ReadingContext context, string @namespace, string? workbook)
{
    private static readonly string[] Attributes = ["name", "version", "description", "tags", "base", "base-input", "input", "output"];

    /// <summary>The action; <see langword="null"/> when it cannot be read.</summary>
    public AdHocActionDefinition? Read(string name, DocumentElement element)
    {
        if (AttributeReader.Open(context, element, "an ad-hoc action, which is a mapping with at least 'base'") is not { } attributes)
        {
            return null;
        }

        attributes.RefuseUnknown("An ad-hoc action", Attributes);
        if (attributes.Find("base") is null)
        {
            context.Report(element, "An ad-hoc action needs 'base'.");
        }

        var command = attributes.Text("base") is { } text ? InlineCommand.Parse(text) : new("", JsonMap.Empty);
        if (command is null)
        {
            context.Report(attributes.Find("base")!.Value, "Expected the name of an action, which can have parameters after it.");
            return null;
        }

        var output = attributes.Find("output");
        return new AdHocActionDefinition
        {
            Name = workbook is null ? name : $"{workbook}.{name}",
            Namespace = @namespace,
            Workbook = workbook,
            Description = attributes.Text("description") ?? "",
            Tags = attributes.Texts("tags"),
            Base = command.Name,
            BaseInput = ReadBaseInput(attributes, command.Parameters),
            Input = InputReader.Read(context, attributes),
            Output = output is { Data.IsNull: false } given ? context.Compile(given) : null,
        };
    }

    private IExpression? ReadBaseInput(AttributeReader attributes, JsonMap parameters)
    {
        var own = attributes.Members("base-input", out var compiled);
        if (parameters.Count == 0)
        {
            return compiled;
        }

        var line = attributes.Find("base")!.Value;
        var inline = (MappingNode)DocumentNode.From(parameters, line.Node.Place);
        return context.Compile(line with { Node = own?.MergedWith(inline) ?? inline });
    }
}
