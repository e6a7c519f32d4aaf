using System.Globalization;
using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Syntax;

namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>An argument that the function evaluates itself, as often as it likes, with its own <c>$</c>, <c>$2</c>, ...</summary>
internal sealed class YaqlLambda
{
    private readonly YaqlNode? _node;
    private readonly object? _value;
    private readonly YaqlScope _scope;

    // Where nothing can look at the scope after the call, one scope serves all calls.
    private readonly YaqlScope? _reused;

    internal YaqlLambda(YaqlNode node, YaqlScope scope)
    {
        (_node, _scope) = (node, scope);
        _reused = node.KeepsScope || scope.HasFunctions ? null : scope.CreateChild(null);
    }

    /// <summary>A value that was given where a lambda is wanted: every call gives it.</summary>
    internal YaqlLambda(object? value, YaqlScope scope) => (_value, _scope) = (value, scope);

    internal object? Invoke() => _node is null ? _value : _node.Evaluate(_scope.CreateChild());

    internal object? Invoke(object? first)
    {
        if (_node is null)
        {
            return _value;
        }

        if (_reused is null)
        {
            return _node.Evaluate(_scope.CreateChild(first));
        }

        _reused.SetFirst(first);
        return _node.Evaluate(_reused);
    }

    internal object? Invoke(object? first, object? second)
    {
        if (_node is null)
        {
            return _value;
        }

        var scope = _scope.CreateChild(first);
        scope.Set("2", second);
        return _node.Evaluate(scope);
    }

    internal object? Invoke(ReadOnlySpan<object?> arguments, IEnumerable<KeyValuePair<string, object?>> named)
    {
        var scope = _scope.CreateChild();
        for (var i = 0; i < arguments.Length; i++)
        {
            scope.Set((i + 1).ToString(CultureInfo.InvariantCulture), arguments[i]);
        }

        foreach (var (name, value) in named)
        {
            scope.Set(name, value);
        }

        return InvokeIn(scope);
    }

    /// <summary>Evaluates in that very scope.</summary>
    internal object? InvokeIn(YaqlScope scope) => _node is null ? _value : _node.Evaluate(scope);

    /// <summary>The same lambda inside another scope.</summary>
    internal YaqlLambda In(YaqlScope scope) => _node is null ? new(_value, scope) : new(_node, scope);

    internal bool IsTrue(object? first) => PythonOperations.IsTrue(Invoke(first));
}
