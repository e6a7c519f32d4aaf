namespace Mistral.Executions.Language.Yaml;

/// <summary>The sections of a <c>publish</c> of a route clause. See "Publishing variables" in Mistral's description of the workflow language.</summary>
/// <param name="Branch">The variables for the branch.</param>
/// <param name="Global">The variables for the whole workflow.</param>
internal sealed record PublishSections(MappingNode? Branch, MappingNode? Global)
{
    // Mistral takes "atomic", merges it and never publishes it.
    private static readonly string[] Sections = ["branch", "global", "atomic"];

    public static PublishSections? Read(ReadingContext context, DocumentElement element)
    {
        if (AttributeReader.Open(context, element, "a mapping with branch, global or atomic") is not { } attributes)
        {
            return null;
        }

        attributes.RefuseUnknown("'publish' of a route", Sections);
        _ = attributes.Members("atomic");
        return new(attributes.Members("branch", out _), attributes.Members("global", out _));
    }

    /// <summary>
    /// What counts after a task has ended in one state, as Mistral puts it together: <c>on-complete</c> into the
    /// task's own, and that into the clause of the state.
    /// </summary>
    public static PublishDefinition? Merge(ReadingContext context, MappingNode? task, PublishSections? complete, PublishSections? state)
    {
        var merged = task is null ? complete : Merge(new(task, null), complete);
        return (state is null ? merged : Merge(state, merged))?.Compile(context);
    }

    // A section that only the right side has is lost, as it is in Mistral.
    private static PublishSections Merge(PublishSections left, PublishSections? right) => right is null
        ? left
        : new(Merge(left.Branch, right.Branch), Merge(left.Global, right.Global));

    private static MappingNode? Merge(MappingNode? left, MappingNode? right) => left is null || right is null ? left : left.MergedWith(right);

    // All expressions have been read once in their own places, so faults are known already.
    private PublishDefinition? Compile(ReadingContext context) => context.Faults.Any || (Branch is null && Global is null)
        ? null
        : new() { Branch = Compile(context, Branch), Global = Compile(context, Global) };

    private static IExpression? Compile(ReadingContext context, MappingNode? section) =>
        section is null ? null : context.Compile(new(section, DocumentPath.Top));
}
