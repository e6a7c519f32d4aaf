using System.Globalization;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Python's <c>str.format</c>, whose fields can reach no more than an expression can.</summary>
internal sealed class BraceFormat
{
    private readonly bool _isMarkup;
    private readonly object?[] _positional;
    private readonly Func<string, object?> _named;
    private readonly JinjaScope _scope;
    private int _next;
    private bool? _isNumbered;

    private BraceFormat(bool isMarkup, object?[] positional, Func<string, object?> named, JinjaScope scope) =>
        (_isMarkup, _positional, _named, _scope) = (isMarkup, positional, named, scope);

    internal static string Format(object? format, JinjaArguments arguments, JinjaScope scope) => new BraceFormat(
        format is JinjaMarkup,
        arguments.Positional,
        name => arguments.TryGetNamed(name, out var value) ? value : throw PythonErrorException.Key($"'{name}'"),
        scope).Run(JinjaText.Require(format), depth: 2);

    internal static string FormatMap(object? format, object? mapping, JinjaScope scope) => new BraceFormat(
        format is JinjaMarkup, [], name => PythonOperations.Index(mapping, name, scope.Budget), scope).Run(JinjaText.Require(format), depth: 2);

    private string Run(string format, int depth)
    {
        if (depth < 0)
        {
            throw PythonErrorException.Value("Max string recursion exceeded");
        }

        var result = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            var character = format[i];
            if (character is not ('{' or '}'))
            {
                result.Append(character);
            }
            else if (i + 1 < format.Length && format[i + 1] == character)
            {
                result.Append(character);
                i++;
            }
            else if (character == '}')
            {
                throw PythonErrorException.Value("Single '}' encountered in format string");
            }
            else
            {
                var end = EndOfField(format, i + 1);
                var text = Field(format[(i + 1)..end], depth);
                _scope.Budget.Allocate(text.Length);
                result.Append(text);
                i = end;
            }
        }

        _scope.Budget.Allocate(format.Length);
        return result.ToString();
    }

    private static int EndOfField(string format, int start)
    {
        var open = 1;
        var isInBrackets = false;
        for (var i = start; i < format.Length; i++)
        {
            switch (format[i])
            {
                case '[' when open == 1:
                    isInBrackets = true;
                    break;
                case ']' when open == 1:
                    isInBrackets = false;
                    break;
                case '{' when !isInBrackets:
                    open++;
                    break;
                case '}' when !isInBrackets && --open == 0:
                    return i;
            }
        }

        throw PythonErrorException.Value(start == format.Length ? "Single '{' encountered in format string" : "expected '}' before end of string");
    }

    private string Field(string field, int depth)
    {
        var (name, conversion, specification) = Split(field);
        var value = Convert(Value(name), conversion);
        specification = Run(specification, depth - 1);
        if (!_isMarkup)
        {
            return FormatSpecification.Format(value, specification, _scope.Budget);
        }

        if (value is JinjaMarkup markup)
        {
            return specification.Length == 0
                ? markup.Text
                : throw PythonErrorException.Value("markup cannot have a format specifier");
        }

        return JinjaMarkup.EscapeText(FormatSpecification.Format(value, specification, _scope.Budget), _scope.Budget);
    }

    private static (string Name, char Conversion, string Specification) Split(string field)
    {
        var isInBrackets = false;
        for (var i = 0; i < field.Length; i++)
        {
            switch (field[i])
            {
                case '[':
                    isInBrackets = true;
                    break;
                case ']':
                    isInBrackets = false;
                    break;
                case ':' when !isInBrackets:
                    return (field[..i], '\0', field[(i + 1)..]);
                case '!' when !isInBrackets:
                    if (i + 1 == field.Length || (i + 2 < field.Length && field[i + 2] != ':'))
                    {
                        throw PythonErrorException.Value("expected ':' after conversion specifier");
                    }

                    return (field[..i], field[i + 1], i + 2 < field.Length ? field[(i + 3)..] : string.Empty);
            }
        }

        return (field, '\0', string.Empty);
    }

    private object? Convert(object? value, char conversion) => conversion switch
    {
        '\0' => value,
        's' => JinjaText.Of(value, _scope.Budget),
        'r' => PythonOperations.Represent(value, _scope.Budget),
        'a' => PercentFormat.Ascii(PythonOperations.Represent(value, _scope.Budget)),
        _ => throw PythonErrorException.Value($"Unknown conversion specifier '{conversion}'"),
    };

    private object? Value(string name)
    {
        var end = name.AsSpan().IndexOfAny('.', '[');
        end = end < 0 ? name.Length : end;
        var value = First(name[..end], isWhole: end == name.Length);
        while (end < name.Length)
        {
            if (name[end] == '.')
            {
                var next = name.AsSpan(end + 1).IndexOfAny('.', '[');
                next = next < 0 ? name.Length : next + end + 1;
                RequirePart(next > end + 1);
                value = JinjaMembers.Attribute(value, name[(end + 1)..next], _scope);
                end = next;
            }
            else
            {
                RequirePart(name[end] == '[');
                var close = name.IndexOf(']', end);
                RequirePart(close > end + 1);
                var index = name[(end + 1)..close];
                value = JinjaMembers.Item(value, AsNumber(index) ?? index, _scope);
                end = close + 1;
            }
        }

        return value;
    }

    private object? First(string name, bool isWhole)
    {
        var number = AsNumber(name);
        if (number is not null || (name.Length == 0 && isWhole))
        {
            if (isWhole && _isNumbered is { } before && before != number is not null)
            {
                throw PythonErrorException.Value("numbered fields and fields without a number cannot stand together");
            }

            _isNumbered = isWhole ? number is not null : _isNumbered;
            var place = number is not null ? PythonOperations.ToIndex(number) : _next++;
            return place < _positional.Length
                ? _positional[place]
                : throw PythonErrorException.Index($"Replacement index {place} out of range for positional args tuple");
        }

        return _named(name);
    }

    private static object? AsNumber(string text) =>
        text.Length > 0 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? PythonOperations.Box(number)
            : null;

    private static void RequirePart(bool holds)
    {
        if (!holds)
        {
            throw PythonErrorException.Value("a field name has an empty or broken attribute or index");
        }
    }
}
