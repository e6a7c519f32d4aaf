using Mistral.Executions.Language.Yaql.Functions;

namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>
/// One place that calls a name with arguments of one shape. Which overload it means is worked out once for each kind of
/// receiver and of arguments that comes along, and remembered.
/// </summary>
internal sealed class YaqlCallSite
{
    private readonly string _name;
    private readonly YaqlArgument[] _arguments;
    private readonly string[] _extraNames;
    private readonly bool _isMethod;
    private readonly YaqlOverloads? _overloads;
    private Known? _known;
    private YaqlBinding? _valueBinding;

    internal YaqlCallSite(string name, YaqlArgument[] arguments, bool isMethod, string[]? extraNames = null)
    {
        _name = name.TrimEnd('_');
        (_arguments, _isMethod, _extraNames) = (arguments, isMethod, extraNames ?? []);
        _overloads = YaqlLibrary.Instance.Find(_name, isMethod);
    }

    private sealed record Known(YaqlKind Receiver, YaqlResolution Resolution)
    {
        internal YaqlBinding? Binding { get; set; }
    }

    /// <summary>Evaluates the arguments and makes the call.</summary>
    internal object? Invoke(YaqlScope scope, object? receiver)
    {
        var budget = scope.Budget;
        budget.Enter();
        var known = Resolve(scope, receiver);
        var resolution = known.Resolution;
        var count = resolution.Arguments.Length + resolution.Named.Length;
        object? result;
        if (count == 2 && resolution.Named.Length == 0)
        {
            var first = _isMethod ? receiver : Evaluated(resolution, 0, scope);
            var second = Evaluated(resolution, 1, scope);
            var (firstKind, secondKind) = (KindOf(resolution, 0, first), KindOf(resolution, 1, second));
            var binding = known.Binding;
            if (binding is null || !binding.IsFor(firstKind, secondKind))
            {
                known.Binding = binding = resolution.Bind([firstKind, secondKind]);
            }

            result = binding.Invoke(scope, first, second);
        }
        else if (count == 1 && resolution.Named.Length == 0)
        {
            var value = _isMethod ? receiver : Evaluated(resolution, 0, scope);
            var kind = KindOf(resolution, 0, value);
            var binding = known.Binding;
            if (binding is null || !binding.IsFor(kind))
            {
                known.Binding = binding = resolution.Bind([kind]);
            }

            result = binding.Invoke(scope, value);
        }
        else
        {
            result = InvokeMany(scope, receiver, known, count);
        }

        budget.Leave();
        return result;
    }

    /// <summary>Makes the call with values that are there already; an argument that is an expression is passed on as it is.</summary>
    internal object? InvokeWith(YaqlScope scope, params ReadOnlySpan<object?> values)
    {
        var budget = scope.Budget;
        budget.Enter();
        Span<YaqlKind> kinds = values.Length <= 16 ? stackalloc YaqlKind[values.Length] : new YaqlKind[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            kinds[i] = (i < _arguments.Length ? _arguments[i].Node : null) switch
            {
                null => YaqlKinds.Of(values[i]),
                Syntax.YaqlConstantNode constant => YaqlKinds.Of(constant.Value),
                _ => YaqlKind.Unevaluated,
            };
        }

        var binding = _valueBinding;
        if (scope.HasFunctions || binding is null || !binding.IsFor(kinds))
        {
            var levels = Levels(scope, scope.HasFunctions && !_isMethod ? scope.FunctionsNamed(_name) : null, values.IsEmpty ? null : values[0]);
            _valueBinding = binding = YaqlResolution
                .Resolve(_name, _isMethod, _arguments, _extraNames, levels, YaqlKind.Unevaluated, kinds.ToArray())
                .Bind(kinds);
        }

        var result = values.Length switch
        {
            1 => binding.Invoke(scope, values[0]),
            2 => binding.Invoke(scope, values[0], values[1]),
            _ => binding.Invoke(scope, values.ToArray()),
        };
        budget.Leave();
        return result;
    }

    private object? InvokeMany(YaqlScope scope, object? receiver, Known known, int count)
    {
        var resolution = known.Resolution;
        var values = new object?[count];
        Span<YaqlKind> kinds = count <= 16 ? stackalloc YaqlKind[count] : new YaqlKind[count];
        scope.Budget.Handle(count);
        for (var i = 0; i < count; i++)
        {
            values[i] = i == 0 && _isMethod ? receiver : Evaluated(resolution, i, scope);
            kinds[i] = KindOf(resolution, i, values[i]);
        }

        var binding = known.Binding;
        if (binding is null || !binding.IsFor(kinds))
        {
            known.Binding = binding = resolution.Bind(kinds);
        }

        return binding.Invoke(scope, values);
    }

    private Known Resolve(YaqlScope scope, object? receiver)
    {
        var receiverKind = _isMethod ? YaqlKinds.Of(receiver) : YaqlKind.Unevaluated;
        var local = scope.HasFunctions && !_isMethod ? scope.FunctionsNamed(_name) : null;
        if (local is null && _known is { } known && known.Receiver == receiverKind)
        {
            return known;
        }

        var resolution = YaqlResolution.Resolve(
            _name, _isMethod, _arguments, _extraNames, Levels(scope, local, receiver), receiverKind, null);
        var fresh = new Known(receiverKind, resolution);
        if (local is null)
        {
            _known = fresh;
        }

        return fresh;
    }

    private YaqlFunction[][] Levels(YaqlScope scope, List<YaqlFunction[]>? local, object? receiver)
    {
        if (local is not null)
        {
            scope.Budget.Handle(local.Count);
            return [.. local, .. _overloads?.Levels ?? []];
        }

        return _overloads?.Levels ?? throw YaqlErrors.Unknown(_name, _isMethod, receiver);
    }

    private static object? Evaluated(YaqlResolution resolution, int place, YaqlScope scope)
    {
        var isNamed = place >= resolution.Arguments.Length;
        var node = isNamed ? resolution.Named[place - resolution.Arguments.Length].Node : resolution.Arguments[place].Node;
        if (node is Syntax.YaqlConstantNode constant)
        {
            return constant.Value;
        }

        var isLazy = isNamed ? resolution.IsNamedLazy[place - resolution.Arguments.Length] : resolution.IsLazy[place];
        return isLazy || node is null ? null : node.Evaluate(scope);
    }

    private static YaqlKind KindOf(YaqlResolution resolution, int place, object? value)
    {
        var isNamed = place >= resolution.Arguments.Length;
        var argument = isNamed ? resolution.Named[place - resolution.Arguments.Length] : resolution.Arguments[place];
        if (argument.IsLeftOut)
        {
            return YaqlKind.Other;
        }

        var isLazy = isNamed ? resolution.IsNamedLazy[place - resolution.Arguments.Length] : resolution.IsLazy[place];
        return isLazy && argument.IsOpen ? YaqlKind.Unevaluated : YaqlKinds.Of(value);
    }
}
