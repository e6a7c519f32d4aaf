using Mistral.Executions.Language.Yaql.Runtime;

namespace Mistral.Executions.Language.Yaql.Syntax;

/// <summary>A constant; a bare word is one too, with its text as the value.</summary>
internal sealed class YaqlConstantNode(object? value, bool isKeyword) : YaqlNode
{
    internal object? Value => value;

    internal bool IsKeyword => isKeyword;

    internal override object? Evaluate(YaqlScope scope) => value;
}
