namespace Mistral.Executions.Language.Yaml;

/// <summary>
/// Reads one of <c>on-success</c>, <c>on-error</c>, <c>on-complete</c> and <c>on-skip</c>. See "Transitions with
/// expressions", "Engine commands" and "Publishing variables" in Mistral's description of the workflow language.
/// </summary>
internal sealed class RouteReader(ReadingContext context)
{
    private static readonly string[] ClauseAttributes = ["publish", "next"];

    /// <summary>The clause of that name; an empty one when the mapping has none.</summary>
    public RouteClause Read(AttributeReader attributes, string name)
    {
        if (attributes.Find(name) is not { } element)
        {
            return RouteClause.None;
        }

        if (element.Node is not MappingNode { Entries.Count: > 0 } mapping || !IsAdvanced(mapping))
        {
            return new(ReadTargets(attributes, element), null);
        }

        var clause = new AttributeReader(context, mapping, element.Path);
        clause.RefuseUnknown($"'{name}'", ClauseAttributes);
        return new(
            clause.Find("next") is { } next ? ReadTargets(clause, next) : [],
            clause.Find("publish") is { } publish ? PublishSections.Read(context, publish) : null);
    }

    private static bool IsAdvanced(MappingNode mapping) => mapping.Entries.Count != 1 || ClauseAttributes.Contains(mapping.Entries[0].Name, StringComparer.Ordinal);

    private List<ReadRoute> ReadTargets(AttributeReader attributes, DocumentElement element)
    {
        var routes = new List<ReadRoute>();
        switch (element.Node)
        {
            case SequenceNode { Items.Count: > 0 }:
                attributes.RefuseEqualItems(element);
                foreach (var item in element.Items())
                {
                    Add(routes, attributes, item);
                }

                break;
            case SequenceNode:
                context.Report(element, "Expected at least one task or engine command, but found an empty list.");
                break;
            default:
                Add(routes, attributes, element);
                break;
        }

        return routes;
    }

    private void Add(List<ReadRoute> routes, AttributeReader attributes, DocumentElement element)
    {
        switch (element.Node)
        {
            case ScalarNode when attributes.TextOf(element) is { } text:
                Add(routes, element, text, null);
                break;
            case MappingNode { Entries: [var only] }:
                var guard = attributes.Expression(element.Value(only), "a guard, which is one expression");
                Add(routes, new(DocumentNode.From(only.Name, only.NamePlace), element.Path), only.Name, guard);
                break;
            case not ScalarNode:
                context.Report(element, $"Expected the name of a task or engine command, or one name with its guard, but found {Wording.Found(element.Data)}.");
                break;
        }
    }

    private void Add(List<ReadRoute> routes, DocumentElement element, string text, IExpression? guard)
    {
        if (InlineCommand.ParseRoute(text) is not { } command)
        {
            context.Report(element, $"'{Wording.Shorten(text)}' does not start with the name of a task or engine command.");
            return;
        }

        // Mistral works parameters out for every target, but only engine commands have one.
        var message = command.Parameters.TryGetValue("msg", out var value) && EngineCommands.Contains(command.Name)
            ? context.Compile(new(DocumentNode.From(value, element.Node.Place), element.Path))
            : null;
        routes.Add(new(new RouteDefinition(command.Name) { Guard = guard, Message = message }, element));
    }
}

/// <summary>A route with its place.</summary>
internal sealed record ReadRoute(RouteDefinition Route, DocumentElement Element);

/// <summary>What one clause says: where it leads, and what it publishes.</summary>
internal sealed record RouteClause(IReadOnlyList<ReadRoute> Routes, PublishSections? Publish)
{
    public static RouteClause None { get; } = new([], null);

    public IReadOnlyList<RouteDefinition> Definitions => [.. Routes.Select(r => r.Route)];
}
