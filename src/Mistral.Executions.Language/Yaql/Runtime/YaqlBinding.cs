using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>An overload that was chosen for certain kinds of values, with what has to be done to each argument.</summary>
internal sealed class YaqlBinding
{
    private static readonly KeyValuePair<string, object?>[] NoNames = [];

    private readonly YaqlFunction _function;
    private readonly YaqlKind[] _kinds;
    private readonly Source[] _sources;
    private readonly (string Name, int Place)[] _names;
    private readonly bool _isDirect;

    private YaqlBinding(YaqlFunction function, YaqlKind[] kinds, Source[] sources, (string Name, int Place)[] names)
    {
        (_function, _kinds, _sources, _names) = (function, kinds, sources, names);
        _isDirect = kinds.Length == sources.Length && names.Length == 0;
        for (var i = 0; i < sources.Length; i++)
        {
            _isDirect &= sources[i].Place == i && sources[i].Form == YaqlParameterForm.Value;
        }
    }

    private readonly record struct Source(int Place, YaqlParameterForm Form, Syntax.YaqlNode? Node, object? Default);

    internal static YaqlBinding Create(
        YaqlFunction function, YaqlArgument[] arguments, string[] names, YaqlArgument[] named, ReadOnlySpan<YaqlKind> kinds)
    {
        var parameters = function.Parameters;
        var sources = new Source[Math.Max(parameters.Length, arguments.Length)];
        for (var i = 0; i < sources.Length; i++)
        {
            var type = i < parameters.Length ? parameters[i].Type : function.Rest!;
            if (i < arguments.Length && !arguments[i].IsLeftOut)
            {
                sources[i] = new(i, type.Form, arguments[i].Node, null);
            }
            else if (i < parameters.Length && Array.IndexOf(names, parameters[i].Name) is var place and >= 0)
            {
                sources[i] = new(arguments.Length + place, type.Form, named[place].Node, null);
            }
            else
            {
                sources[i] = new(-1, type.Form, null, i < parameters.Length ? parameters[i].Default : YaqlLeftOut.Value);
            }
        }

        var rest = new List<(string, int)>();
        for (var i = 0; i < names.Length; i++)
        {
            if (!Array.Exists(parameters, p => p.Name == names[i]))
            {
                rest.Add((names[i], arguments.Length + i));
            }
        }

        return new(function, kinds.ToArray(), sources, [.. rest]);
    }

    internal bool IsFor(ReadOnlySpan<YaqlKind> kinds) => kinds.SequenceEqual(_kinds);

    internal bool IsFor(YaqlKind kind) => _kinds.Length == 1 && _kinds[0] == kind;

    internal bool IsFor(YaqlKind first, YaqlKind second) => _kinds.Length == 2 && _kinds[0] == first && _kinds[1] == second;

    internal object? Invoke(YaqlScope scope, object? value)
    {
        if (_function.Body1 is { } body)
        {
            return body(scope, _isDirect ? value : Converted(_sources[0], value, scope));
        }

        return Invoke(scope, [value]);
    }

    internal object? Invoke(YaqlScope scope, object? first, object? second)
    {
        if (_function.Body2 is { } body && _sources.Length == 2)
        {
            return _isDirect
                ? body(scope, first, second)
                : body(scope, Picked(_sources[0], first, second, scope), Picked(_sources[1], first, second, scope));
        }

        return Invoke(scope, [first, second]);
    }

    /// <summary>Invokes with all arguments, by place and then by name.</summary>
    internal object? Invoke(YaqlScope scope, object?[] arguments)
    {
        var values = new object?[_sources.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var source = _sources[i];
            values[i] = source.Place < 0 ? Missing(source, scope) : Converted(source, arguments[source.Place], scope);
        }

        if (_function.Body1 is not null)
        {
            return _function.Body1(scope, values[0]);
        }

        if (_function.Body2 is not null)
        {
            return _function.Body2(scope, values[0], values[1]);
        }

        return _function.Body!(scope, values, _names.Length == 0 ? NoNames : Array.ConvertAll(
            _names, n => new KeyValuePair<string, object?>(n.Name, arguments[n.Place])));
    }

    private static object? Picked(in Source source, object? first, object? second, YaqlScope scope) =>
        source.Place < 0 ? Missing(source, scope) : Converted(source, source.Place == 0 ? first : second, scope);

    private static object? Missing(in Source source, YaqlScope scope) =>
        source is { Form: YaqlParameterForm.Lambda, Default: not null } ? new YaqlLambda(source.Default, scope) : source.Default;

    private static object? Converted(in Source source, object? value, YaqlScope scope)
    {
        switch (source.Form)
        {
            case YaqlParameterForm.Value:
                return value;
            case YaqlParameterForm.Iterable:
                // What is no collection is walked once, through whichever function takes it first.
                return value is PythonIterable and not PythonDictionaryView { IsSet: true } ? ((PythonIterable)value).GetIterator() : value;
            case YaqlParameterForm.DateTime:
                return value is PythonDateTime { Offset: null } time ? time.WithOffset(PythonTimeSpan.Zero) : value;
            case YaqlParameterForm.Lambda:
                return source.Node is null ? new YaqlLambda(value, scope) : new YaqlLambda(source.Node, scope);
            case YaqlParameterForm.Keyword:
                return ((Syntax.YaqlConstantNode)source.Node!).Value;
            default:
                return source.Node ?? value;
        }
    }
}
