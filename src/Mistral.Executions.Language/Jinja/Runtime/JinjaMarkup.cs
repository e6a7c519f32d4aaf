using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Text that needs no more HTML escaping; what is added to it is escaped.</summary>
internal sealed class JinjaMarkup(string text) : PythonObject
{
    internal string Text => text;

    internal override string TypeName => "Markup";

    internal override bool IsTrue => text.Length != 0;

    internal override string? OwnText => text;

    /// <summary>The value with the characters replaced that mean something in HTML, unless it is markup already.</summary>
    internal static JinjaMarkup Escape(object? value, EvaluationBudget budget) =>
        value as JinjaMarkup ?? new(EscapeText(JinjaText.Of(value, budget), budget));

    internal static string EscapeText(string source, EvaluationBudget budget)
    {
        budget.Handle(source.Length);
        if (source.AsSpan().IndexOfAny("&<>'\"") < 0)
        {
            return source;
        }

        var escaped = new StringBuilder(source.Length + 16);
        foreach (var character in source)
        {
            switch (character)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '\'':
                    escaped.Append("&#39;");
                    break;
                case '"':
                    escaped.Append("&#34;");
                    break;
                default:
                    escaped.Append(character);
                    break;
            }
        }

        budget.Allocate(escaped.Length);
        return escaped.ToString();
    }

    internal override string Represent(EvaluationBudget budget) => $"Markup({PythonOperations.Represent(text, budget)})";

    internal override string ToText(EvaluationBudget budget) => text;

    internal override bool IsEqualTo(object? other, EvaluationBudget budget) => other switch
    {
        JinjaMarkup markup => string.Equals(text, markup.Text, StringComparison.Ordinal),
        string plain => string.Equals(text, plain, StringComparison.Ordinal),
        _ => false,
    };

    internal override int Hash(EvaluationBudget budget) => PythonOperations.Hash(text, budget);

    internal override JsonData ToJson(EvaluationBudget budget) => text;
}
