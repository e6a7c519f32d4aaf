using Mistral.Executions.Language.Yaql.Runtime;

namespace Mistral.Executions.Language.Yaql.Syntax;

/// <summary>An expression in brackets: it is no constant and no method call any more, whatever stands inside.</summary>
internal sealed class YaqlGroupNode(YaqlNode inner) : YaqlNode
{
    internal override bool KeepsScope => inner.KeepsScope;

    internal override object? Evaluate(YaqlScope scope) => inner.Evaluate(scope);
}
