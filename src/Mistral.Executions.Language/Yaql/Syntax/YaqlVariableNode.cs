using Mistral.Executions.Language.Yaql.Runtime;

namespace Mistral.Executions.Language.Yaql.Syntax;

/// <summary><c>$</c> or <c>$name</c>.</summary>
internal sealed class YaqlVariableNode(string name) : YaqlNode
{
    private readonly string _name = name.Length == 0 ? YaqlScope.First : name;

    internal override object? Evaluate(YaqlScope scope) => scope.Get(_name);
}
