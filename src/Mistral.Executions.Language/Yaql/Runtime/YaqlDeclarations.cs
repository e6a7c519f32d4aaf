namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>Collects the functions that a part of the library declares.</summary>
internal sealed class YaqlDeclarations
{
    private readonly List<YaqlFunction> _functions = [];

    internal IReadOnlyList<YaqlFunction> Functions => _functions;

    /// <summary>Declares a function, which is called as <c>f(x)</c>.</summary>
    internal void Function(string name, YaqlParameter[] parameters, Func<YaqlScope, object?, object?> body) =>
        _functions.Add(new(name, parameters) { Body1 = body });

    /// <inheritdoc cref="Function(string, YaqlParameter[], Func{YaqlScope, object?, object?})"/>
    internal void Function(string name, YaqlParameter[] parameters, Func<YaqlScope, object?, object?, object?> body) =>
        _functions.Add(new(name, parameters) { Body2 = body });

    /// <inheritdoc cref="Function(string, YaqlParameter[], Func{YaqlScope, object?, object?})"/>
    internal void Function(
        string name, YaqlParameter[] parameters, Func<YaqlScope, object?[], object?> body, YaqlParameterType? rest = null, bool hasNoNames = false) =>
        _functions.Add(new(name, parameters) { Body = (s, a, _) => body(s, a), Rest = rest, HasNoNames = hasNoNames });

    /// <summary>Declares a function that takes arguments of any name.</summary>
    internal void FunctionOfNames(
        string name, YaqlParameterType rest, Func<YaqlScope, object?[], IReadOnlyList<KeyValuePair<string, object?>>, object?> body) =>
        _functions.Add(new(name, []) { Body = body, Rest = rest, TakesAnyName = true });

    /// <summary>Declares a method, which is called as <c>x.f()</c>.</summary>
    internal void Method(string name, YaqlParameter[] parameters, Func<YaqlScope, object?, object?> body) =>
        _functions.Add(new(name, parameters) { Body1 = body, IsFunction = false, IsMethod = true });

    /// <inheritdoc cref="Method(string, YaqlParameter[], Func{YaqlScope, object?, object?})"/>
    internal void Method(string name, YaqlParameter[] parameters, Func<YaqlScope, object?, object?, object?> body) =>
        _functions.Add(new(name, parameters) { Body2 = body, IsFunction = false, IsMethod = true });

    /// <inheritdoc cref="Method(string, YaqlParameter[], Func{YaqlScope, object?, object?})"/>
    internal void Method(
        string name, YaqlParameter[] parameters, Func<YaqlScope, object?[], object?> body, YaqlParameterType? rest = null, bool hasNoNames = false) =>
        _functions.Add(new(name, parameters)
        {
            Body = (s, a, _) => body(s, a),
            Rest = rest,
            HasNoNames = hasNoNames,
            IsFunction = false,
            IsMethod = true,
        });

    /// <summary>Declares a method that takes arguments of any name.</summary>
    internal void MethodOfNames(
        string name, YaqlParameterType rest, Func<YaqlScope, object?[], IReadOnlyList<KeyValuePair<string, object?>>, object?> body) =>
        _functions.Add(new(name, []) { Body = body, Rest = rest, TakesAnyName = true, IsFunction = false, IsMethod = true });

    /// <summary>Declares what can be called as a function and as a method.</summary>
    internal void Extension(string name, YaqlParameter[] parameters, Func<YaqlScope, object?, object?> body) =>
        _functions.Add(new(name, parameters) { Body1 = body, IsMethod = true });

    /// <inheritdoc cref="Extension(string, YaqlParameter[], Func{YaqlScope, object?, object?})"/>
    internal void Extension(string name, YaqlParameter[] parameters, Func<YaqlScope, object?, object?, object?> body) =>
        _functions.Add(new(name, parameters) { Body2 = body, IsMethod = true });

    /// <inheritdoc cref="Extension(string, YaqlParameter[], Func{YaqlScope, object?, object?})"/>
    internal void Extension(
        string name, YaqlParameter[] parameters, Func<YaqlScope, object?[], object?> body, YaqlParameterType? rest = null) =>
        _functions.Add(new(name, parameters) { Body = (s, a, _) => body(s, a), Rest = rest, IsMethod = true });

    /// <summary>Declares what <c>x.name</c> gives.</summary>
    internal void Property(string name, YaqlParameterType type, Func<YaqlScope, object?, object?> body) =>
        Function(YaqlErrors.PropertyPrefix + name, [("obj", type)], body);
}
