using System.Globalization;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The parameters of a function, as Python writes them: <c>value, default_value='', boolean=False</c>.</summary>
internal sealed class JinjaSignature
{
    private static readonly object Required = new();

    private readonly string[] _names;
    private readonly object?[] _defaults;
    private readonly int _positionalOnly;

    private JinjaSignature(string[] names, object?[] defaults, int positionalOnly) =>
        (_names, _defaults, _positionalOnly) = (names, defaults, positionalOnly);

    /// <summary>Reads parameters; those before a <c>/</c> take no names.</summary>
    internal static JinjaSignature Parse(string text)
    {
        var names = new List<string>();
        var defaults = new List<object?>();
        var positionalOnly = 0;
        foreach (var part in Parts(text))
        {
            if (part == "/")
            {
                positionalOnly = names.Count;
                continue;
            }

            var equals = part.IndexOf('=', StringComparison.Ordinal);
            names.Add(equals < 0 ? part : part[..equals]);
            defaults.Add(equals < 0 ? Required : Literal(part[(equals + 1)..]));
        }

        return new([.. names], [.. defaults], positionalOnly);
    }

    /// <summary>One value for every parameter.</summary>
    /// <exception cref="PythonErrorException">The arguments do not fit (TypeError).</exception>
    internal object?[] Bind(string function, in JinjaArguments arguments)
    {
        var given = arguments.Positional.Length;
        if (given > _names.Length)
        {
            throw PythonErrorException.Type($"{function}() takes at most {_names.Length} arguments, {given} were given");
        }

        var values = new object?[_names.Length];
        arguments.Positional.CopyTo(values, 0);
        Array.Copy(_defaults, given, values, given, values.Length - given);
        foreach (var (name, value) in arguments.Named)
        {
            var place = Array.IndexOf(_names, name);
            if (place < _positionalOnly)
            {
                throw PythonErrorException.Type($"{function}() has no parameter '{name}'");
            }

            values[place] = place < given
                ? throw PythonErrorException.Type($"{function}() got two values for the parameter '{name}'")
                : value;
        }

        var missing = Array.IndexOf(values, Required);
        return missing < 0
            ? values
            : throw PythonErrorException.Type($"{function}() needs a value for its parameter '{_names[missing]}'");
    }

    private static IEnumerable<string> Parts(string text)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && !isQuoted))
            {
                if (i > start)
                {
                    yield return text[start..i].TrimStart();
                }

                start = i + 1;
            }
            else
            {
                isQuoted ^= text[i] == '\'';
            }
        }
    }

    private static object? Literal(string text) => text switch
    {
        "None" => null,
        "True" => PythonOperations.True,
        "False" => PythonOperations.False,
        _ when text[0] == '\'' => text[1..^1],
        _ when text.Contains('.', StringComparison.Ordinal) => double.Parse(text, CultureInfo.InvariantCulture),
        _ => PythonOperations.Box(long.Parse(text, CultureInfo.InvariantCulture)),
    };
}
