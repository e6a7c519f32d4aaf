namespace Mistral.Executions.Language.Yaml;

/// <summary>Reads the <c>input</c> of a workflow or an ad-hoc action: names, and names with a default.</summary>
internal static class InputReader
{
    public static IReadOnlyList<InputParameter> Read(ReadingContext context, AttributeReader attributes)
    {
        if (attributes.Find("input") is not { } element)
        {
            return [];
        }

        if (element.Node is not SequenceNode { Items.Count: > 0 })
        {
            context.Report(element, $"Expected a list of parameters, each a name or a name with its default, but found {Wording.Found(element.Data)}.");
            return [];
        }

        attributes.RefuseEqualItems(element);
        var parameters = new List<InputParameter>();
        foreach (var item in element.Items())
        {
            switch (item.Node)
            {
                case MappingNode { Entries: [var only] }:
                    parameters.Add(new(only.Name, only.Value.Data));
                    break;
                case ScalarNode { Data.Kind: JsonKind.String } when attributes.TextOf(item) is { } name:
                    parameters.Add(new(name));
                    break;
                case not ScalarNode { Data.Kind: JsonKind.String }:
                    context.Report(item, $"Expected the name of a parameter, or one name with its default, but found {Wording.Found(item.Data)}.");
                    break;
            }
        }

        return parameters;
    }
}
