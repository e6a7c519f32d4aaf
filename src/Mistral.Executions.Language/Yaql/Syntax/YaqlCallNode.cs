using Mistral.Executions.Language.Yaql.Runtime;

namespace Mistral.Executions.Language.Yaql.Syntax;

/// <summary>A call of a function or, when it stands behind a dot, of a method; operators, literals and indexes are calls too.</summary>
internal sealed class YaqlCallNode : YaqlNode
{
    private readonly YaqlCallSite _function;
    private readonly YaqlCallSite? _method;

    /// <summary>Creates a call.</summary>
    /// <param name="name">The name that is resolved.</param>
    /// <param name="isNamed">Whether the author wrote a name with brackets: only that can be a method.</param>
    /// <param name="arguments">The arguments; null is one left out.</param>
    internal YaqlCallNode(string name, bool isNamed, params YaqlNode?[] arguments)
    {
        IsNamed = isNamed;
        _function = new(name, YaqlArgument.Of(arguments), isMethod: false);
        if (isNamed)
        {
            _method = new(name, [YaqlArgument.Value, .. YaqlArgument.Of(arguments)], isMethod: true);
        }

        KeepsScope = isNamed || Array.Exists(arguments, static a => a is { KeepsScope: true });
    }

    internal bool IsNamed { get; }

    internal override bool KeepsScope { get; }

    internal override object? Evaluate(YaqlScope scope) => _function.Invoke(scope, null);

    /// <summary>Calls it as a method of a value.</summary>
    internal object? EvaluateOn(object? receiver, YaqlScope scope) => _method!.Invoke(scope, receiver);
}
