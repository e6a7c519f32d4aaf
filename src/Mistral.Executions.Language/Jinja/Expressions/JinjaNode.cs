namespace Mistral.Executions.Language.Jinja;

/// <summary>An expression, or a part of one, that can be evaluated.</summary>
internal abstract class JinjaNode
{
    internal abstract object? Evaluate(JinjaScope scope);
}
