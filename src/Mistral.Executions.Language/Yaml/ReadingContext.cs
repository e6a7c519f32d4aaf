using Mistral.Executions.Language.Inline;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaml;

/// <summary>What all readers of one document share, and which workflow and task they are in.</summary>
internal sealed record ReadingContext(string Text, DocumentFaults Faults)
{
    public string? Workflow { get; init; }

    public string? Task { get; init; }

    public void Report(DocumentElement element, string reason) => Report(element.Node.Place, element.Path, reason);

    public void Report(SourcePlace place, DocumentPath path, string reason) => Faults.Add(place, path, reason, Workflow, Task);

    /// <summary>The value with the expressions in it, at any depth, made ready; <see langword="null"/> when one cannot be read, which is reported.</summary>
    public IExpression? Compile(DocumentElement element)
    {
        try
        {
            return InlineExpression.Compile(element.Data);
        }
        catch (ExpressionSyntaxException)
        {
            ReportExpressions(element);
            return null;
        }
    }

    private void ReportExpressions(DocumentElement element)
    {
        switch (element.Node)
        {
            case MappingNode mapping:
                foreach (var entry in mapping.Entries)
                {
                    ReportExpressions(element.Value(entry));
                }

                break;
            case SequenceNode:
                foreach (var item in element.Items())
                {
                    ReportExpressions(item);
                }

                break;
            case ScalarNode { Data.Kind: JsonKind.String }:
                ReportExpression(element);
                break;
        }
    }

    private void ReportExpression(DocumentElement element)
    {
        try
        {
            _ = InlineExpression.Compile(element.Data);
        }
        catch (ExpressionSyntaxException exception)
        {
            var text = element.Data.AsString();
            Report(PlaceInside(element.Node.Place, text, exception.Position), element.Path, $"The expression '{Wording.Shorten(text)}' cannot be read: {exception.Reason}");
        }
    }

    // The value stands in the source as it is, or (in quotes, over several lines) not quite: then its start has to do.
    private SourcePlace PlaceInside(SourcePlace place, string value, int position)
    {
        if (place.Line == 0)
        {
            return place;
        }

        var source = Text.AsSpan(place.Start, Math.Min(place.End, Text.Length) - place.Start);
        var lineStart = position <= 0 ? 0 : value.LastIndexOf('\n', Math.Min(position, value.Length) - 1) + 1;
        var lineEnd = value.IndexOf('\n', lineStart) is var found and >= 0 ? found : value.Length;
        var at = source.IndexOf(value.AsSpan(lineStart, lineEnd - lineStart));
        if (at < 0)
        {
            return place;
        }

        var offset = at + Math.Clamp(position - lineStart, 0, lineEnd - lineStart);
        var before = source[..offset];
        var newLine = before.LastIndexOf('\n');
        return place with
        {
            Line = place.Line + before.Count('\n'),
            Column = newLine < 0 ? place.Column + offset : offset - newLine,
        };
    }
}
