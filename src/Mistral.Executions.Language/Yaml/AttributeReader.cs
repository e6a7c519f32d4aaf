using System.Numerics;

namespace Mistral.Executions.Language.Yaml;

/// <summary>Reads the attributes of one mapping, each with the type it must have; all that is wrong is reported.</summary>
internal sealed class AttributeReader(ReadingContext context, MappingNode mapping, DocumentPath path)
{
    public MappingNode Mapping => mapping;

    /// <summary>The attributes of a value that must be a mapping with at least one member.</summary>
    /// <returns>The reader; <see langword="null"/> when the value is something else.</returns>
    public static AttributeReader? Open(ReadingContext context, DocumentElement element, string expected)
    {
        if (element.Node is MappingNode { Entries.Count: > 0 } mapping)
        {
            return new(context, mapping, element.Path);
        }

        context.Report(element, $"Expected {expected}, but found {Wording.Found(element.Data)}.");
        return null;
    }

    public DocumentElement? Find(string name) => mapping.Find(name) is { } entry ? new DocumentElement(entry.Value, path.Member(name)) : null;

    /// <summary>Reports the attributes that are not known, each with the nearest that is.</summary>
    public void RefuseUnknown(string owner, IReadOnlyList<string> known)
    {
        foreach (var entry in mapping.Entries)
        {
            if (!known.Contains(entry.Name, StringComparer.Ordinal))
            {
                context.Report(entry.NamePlace, path.Member(entry.Name), $"{owner} has no attribute '{Wording.Shorten(entry.Name)}'{Wording.Instead(entry.Name, known)}");
            }
        }
    }

    /// <summary>A text that is not empty.</summary>
    public string? Text(string name) => Find(name) is { } element ? TextOf(element) : null;

    /// <summary>A list of different texts.</summary>
    public IReadOnlyList<string> Texts(string name, bool orOne = false)
    {
        if (Find(name) is not { } element)
        {
            return [];
        }

        if (orOne && element.Node is ScalarNode)
        {
            return TextOf(element) is { } one ? [one] : [];
        }

        if (element.Node is not SequenceNode { Items.Count: > 0 })
        {
            context.Report(element, $"Expected a list of texts{(orOne ? ", or one text" : "")}, but found {Wording.Found(element.Data)}.");
            return [];
        }

        RefuseEqualItems(element);
        return [.. element.Items().Select(TextOf).OfType<string>()];
    }

    /// <summary>A mapping with at least one member, in which any text can be an expression.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="compiled">The mapping with its expressions made ready.</param>
    /// <returns>The mapping; <see langword="null"/> when there is none.</returns>
    public MappingNode? Members(string name, out IExpression? compiled)
    {
        compiled = null;
        if (Find(name) is not { } element)
        {
            return null;
        }

        if (element.Node is not MappingNode { Entries.Count: > 0 } members)
        {
            context.Report(element, $"Expected a mapping with at least one member, but found {Wording.Found(element.Data)}.");
            return null;
        }

        compiled = context.Compile(element);
        return members;
    }

    /// <summary>The expression of a mapping with at least one member.</summary>
    public IExpression? Members(string name)
    {
        _ = Members(name, out var compiled);
        return compiled;
    }

    /// <summary>A whole number from 0, or an expression.</summary>
    public IExpression? WholeNumber(string name)
    {
        if (Find(name) is not { } element)
        {
            return null;
        }

        if (WholeNumberOf(element.Data) is { } number)
        {
            return new ConstantExpression(number);
        }

        return Expression(element, "a whole number from 0, or an expression");
    }

    /// <summary><c>true</c>, <c>false</c> or an expression.</summary>
    public IExpression? Condition(string name) => Find(name) is not { } element
        ? null
        : element.Data.Kind == JsonKind.Boolean
            ? new ConstantExpression(element.Data)
            : Expression(element, "true, false or an expression");

    /// <summary>An expression that is the whole text.</summary>
    public IExpression? Expression(string name) => Find(name) is { } element ? Expression(element, "an expression") : null;

    public IExpression? Expression(DocumentElement element, string expected)
    {
        if (element.Data.Kind == JsonKind.String && IsExpression(element.Data.AsString()))
        {
            return context.Compile(element);
        }

        context.Report(element, $"Expected {expected}, but found {Wording.Found(element.Data)}.");
        return null;
    }

    public string? TextOf(DocumentElement element)
    {
        if (element.Data.Kind == JsonKind.String && element.Data.AsString() is { Length: > 0 } text)
        {
            return text;
        }

        context.Report(element, $"Expected a text, but found {Wording.Found(element.Data)}.");
        return null;
    }

    public void RefuseEqualItems(DocumentElement list)
    {
        var seen = new HashSet<JsonData>();
        foreach (var item in list.Items())
        {
            if (!seen.Add(item.Data))
            {
                context.Report(item, $"This stands twice in the list: {Wording.Found(item.Data)}.");
            }
        }
    }

    /// <summary>Whether a text is one expression in its delimiters, on one line.</summary>
    public static bool IsExpression(string text)
    {
        var trimmed = text.AsSpan().TrimEnd();
        return trimmed.Length >= 4 && !trimmed.Contains('\n')
            && ((trimmed.StartsWith("<%") && trimmed.EndsWith("%>")) || (trimmed.StartsWith("{{") && trimmed.EndsWith("}}")));
    }

    private static JsonData? WholeNumberOf(JsonData data) => data.Kind switch
    {
        JsonKind.Integer when data.AsInteger().Sign >= 0 => data,
        JsonKind.Float when double.IsInteger(data.AsDouble()) && data.AsDouble() >= 0 => new BigInteger(data.AsDouble()),
        _ => default(JsonData?),
    };
}
