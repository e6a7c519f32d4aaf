namespace Mistral.Executions.Language.Jinja;

/// <summary><c>a ~ b ~ c</c>: the values as texts, one after the other.</summary>
internal sealed class ConcatenationNode(JinjaNode[] parts) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope)
    {
        var budget = scope.Budget;
        var values = new object?[parts.Length];
        var hasMarkup = false;
        for (var i = 0; i < parts.Length; i++)
        {
            values[i] = parts[i].Evaluate(scope);
            hasMarkup |= values[i] is JinjaMarkup;
        }

        var isMarkup = hasMarkup && scope.EscapesHtml;
        var texts = new string[parts.Length];
        long length = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            texts[i] = isMarkup ? JinjaMarkup.Escape(values[i], budget).Text : JinjaText.Of(values[i], budget);
            length += texts[i].Length;
        }

        budget.Allocate(length);
        var text = string.Concat(texts);
        return isMarkup ? new JinjaMarkup(text) : text;
    }
}
