using System.Diagnostics.CodeAnalysis;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The variables that a statement sees: its own, then those of the scopes around it.</summary>
internal sealed class JinjaScope
{
    private readonly JinjaScope? _outer;
    private Dictionary<string, object?>? _variables;

    internal JinjaScope(JinjaEvaluation evaluation) => (Evaluation, Root) = (evaluation, this);

    private JinjaScope(JinjaScope outer) =>
        (Evaluation, Root, _outer, EscapesHtml, Template) = (outer.Evaluation, outer.Root, outer, outer.EscapesHtml, outer.Template);

    internal JinjaEvaluation Evaluation { get; }

    internal EvaluationBudget Budget => Evaluation.Budget;

    /// <summary>The scope of the template itself, whose variables its blocks see.</summary>
    internal JinjaScope Root { get; }

    /// <summary>Whether what is written is escaped for HTML.</summary>
    internal bool EscapesHtml { get; init; }

    /// <summary>The template that is rendered; null for an expression that stands alone.</summary>
    internal JinjaTemplate? Template { get; init; }

    internal JinjaScope Inner() => new(this);

    internal JinjaScope Inner(bool escapesHtml) => new(this) { EscapesHtml = escapesHtml };

    internal bool TryGet(string name, [MaybeNullWhen(false)] out object? value)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._variables is not null && scope._variables.TryGetValue(name, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    internal void Set(string name, object? value)
    {
        Budget.Step();
        (_variables ??= new(StringComparer.Ordinal))[name] = value;
    }

    /// <summary>What was written, as a value: markup where it was escaped.</summary>
    internal object Written(string text) => EscapesHtml ? new JinjaMarkup(text) : text;
}
