using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Texts.</summary>
internal static class StringFunctions
{
    private const string Lowercase = "abcdefghijklmnopqrstuvwxyz";
    private const string Uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private const string Whitespace = " \t\n\r\v\f";

    /// <summary>What each switch of <c>characters</c> adds; null where Mistral's Python has no such characters any more.</summary>
    private static readonly (string Name, string? Characters)[] Classes =
    [
        ("digits", Digits),
        ("hexdigits", Digits + "abcdefABCDEF"),
        ("asciiLowercase", Lowercase),
        ("asciiUppercase", Uppercase),
        ("asciiLetters", Lowercase + Uppercase),
        ("letters", null),
        ("octdigits", "01234567"),
        ("punctuation", Punctuation),
        ("printable", Digits + Lowercase + Uppercase + Punctuation + Whitespace),
        ("lowercase", null),
        ("uppercase", null),
        ("whitespace", Whitespace),
    ];

    internal static void Declare(YaqlDeclarations to)
    {
        to.Function("concat", [], Concat, rest: Text);
        to.Function("#operator_+", [], Concat, rest: Text);
        to.Function("#operator_*", [("left", Text), ("right", Integer)], static (s, left, right) =>
            PythonOperations.Multiply(left, right, s.Budget));
        to.Function("#operator_*", [("left", Integer), ("right", Text)], static (s, left, right) =>
            PythonOperations.Multiply(left, right, s.Budget));
        to.Function("#operator_in", [("left", Text), ("right", Text)], static (s, left, right) =>
            PythonOperations.Box(PythonOperations.Contains(right, left, s.Budget)));
        to.Function("str", [("value", Any)], static (s, value) => ToText(s, value));
        to.Function("isString", [("arg", Any)], static (_, value) => PythonOperations.Box(value is string));
        to.Function(
            "characters", [.. Classes.Select(c => new YaqlParameter(c.Name, FlagOrNone).Or(PythonOperations.False))], Characters);
        to.Extension("len", [("string", Text)], static (s, text) =>
        {
            var value = (string)text!;
            s.Budget.Scan(value);
            return PythonOperations.Box(PythonText.Length(value));
        });
        to.Method("toUpper", [("string", Text)], static (s, text) => PythonText.ToUpper(Changed(s, text)));
        to.Method("toLower", [("string", Text)], static (s, text) => PythonText.ToLower(Changed(s, text)));
        to.Method("toCharArray", [("string", Text)], static (s, text) =>
            PythonOperations.Collect(PythonOperations.Iterate(text, s.Budget), isTuple: true, s.Budget));
        DeclareSplitting(to);
        DeclareTrimming(to);
        DeclareReplacing(to);
        DeclareSearching(to);
    }

    /// <summary>What <c>str</c> gives: Python's text, but true, false and null as YAQL writes them.</summary>
    internal static string ToText(YaqlScope scope, object? value) => value switch
    {
        null => "null",
        bool boolean => boolean ? "true" : "false",
        _ => PythonOperations.ToText(value, scope.Budget),
    };

    private static void DeclareSplitting(YaqlDeclarations to)
    {
        YaqlParameter[] parameters =
            [("string", Text), new YaqlParameter("separator", TextOrNone).Or(null), new YaqlParameter("maxSplits", Integer).Or(-1L)];
        to.Method("split", parameters, static (YaqlScope s, object?[] a) =>
            PythonText.Split((string)a[0]!, (string?)a[1], PythonOperations.ToIndex(a[2]!), s.Budget));
        to.Method("rightSplit", parameters, static (YaqlScope s, object?[] a) =>
            PythonText.SplitFromEnd((string)a[0]!, (string?)a[1], PythonOperations.ToIndex(a[2]!), s.Budget));
        to.Method("join", [("sequence", Iterable), ("separator", Text)], static (s, items, separator) => Join(s, items, (string)separator!));
        to.Method("join", [("separator", Text), ("sequence", Iterable)], static (s, separator, items) => Join(s, items, (string)separator!));
    }

    private static void DeclareTrimming(YaqlDeclarations to)
    {
        YaqlParameter[] parameters = [("string", Text), new YaqlParameter("chars", TextOrNone).Or(null)];
        to.Method("trim", parameters, static (s, text, characters) => PythonText.Strip(Stripped(s, text, characters), (string?)characters));
        to.Method("trimLeft", parameters, static (s, text, characters) => PythonText.StripStart(Stripped(s, text, characters), (string?)characters));
        to.Method("trimRight", parameters, static (s, text, characters) => PythonText.StripEnd(Stripped(s, text, characters), (string?)characters));
        to.Extension("norm", [("string", TextOrNone), parameters[1]], static (s, text, characters) =>
            text is null ? null : PythonText.Strip(Stripped(s, text, characters), (string?)characters) is { Length: > 0 } trimmed ? trimmed : null);
        to.Extension(
            "isEmpty",
            [("string", TextOrNone), new YaqlParameter("trim", Flag).Or(PythonOperations.True), parameters[1]],
            static (YaqlScope s, object?[] a) => PythonOperations.Box(
                a[0] is null || (a[1] is true ? PythonText.Strip(Stripped(s, a[0], a[2]), (string?)a[2]) : (string)a[0]!).Length == 0));
    }

    private static void DeclareReplacing(YaqlDeclarations to)
    {
        to.Method(
            "replace",
            [("string", Text), ("old", Text), ("new", Text), new YaqlParameter("count", Integer).Or(-1L)],
            static (YaqlScope s, object?[] a) =>
                PythonText.Replace((string)a[0]!, (string)a[1]!, (string)a[2]!, PythonOperations.ToIndex(a[3]!), s.Budget));
        to.Method(
            "replace",
            [("string", Text), ("replacements", Dictionary), new YaqlParameter("count", Integer).Or(-1L)],
            static (YaqlScope s, object?[] a) =>
            {
                var (text, replacements) = ((string)a[0]!, (PythonDictionary)a[1]!);
                for (var i = 0; i < replacements.Count; i++)
                {
                    var (old, replacement) = replacements.At(i);
                    text = PythonText.Replace(text, Converted(s, old), Converted(s, replacement), PythonOperations.ToIndex(a[2]!), s.Budget);
                }

                return text;
            });
        to.Method(
            "substring",
            [("string", Text), ("start", Integer), new YaqlParameter("length", Integer).Or(-1L)],
            Substring);
    }

    private static void DeclareSearching(YaqlDeclarations to)
    {
        YaqlParameter[] two = [("string", Text), ("sub", Text), new YaqlParameter("start", Integer).Or(0L)];
        YaqlParameter[] three = [("string", Text), ("sub", Text), ("start", Integer), ("length", Integer)];
        to.Method("indexOf", two, static (YaqlScope s, object?[] a) => Found(s, a, PythonText.Find));
        to.Method("indexOf", three, static (YaqlScope s, object?[] a) => Found(s, a, PythonText.Find));
        to.Method("lastIndexOf", two, static (YaqlScope s, object?[] a) => Found(s, a, PythonText.FindLast));
        to.Method("lastIndexOf", three, static (YaqlScope s, object?[] a) => Found(s, a, PythonText.FindLast));
        to.Method("startsWith", [("string", Text)], static (YaqlScope s, object?[] a) =>
            HasAny(s, a, static (text, part) => text.StartsWith(part, StringComparison.Ordinal)), rest: Text);
        to.Method("endsWith", [("string", Text)], static (YaqlScope s, object?[] a) =>
            HasAny(s, a, static (text, part) => text.EndsWith(part, StringComparison.Ordinal)), rest: Text);
    }

    private static string Changed(YaqlScope scope, object? text)
    {
        var value = (string)text!;
        scope.Budget.Change(value.Length);
        return value;
    }

    // Every character is looked for among those to strip.
    private static string Stripped(YaqlScope scope, object? text, object? characters)
    {
        var value = (string)text!;
        scope.Budget.Allocate(value.Length);
        scope.Budget.Handle(value.Length * (long)((characters as string)?.Length ?? 1));
        return value;
    }

    private static object HasAny(YaqlScope scope, object?[] arguments, Func<string, string, bool> has)
    {
        var text = (string)arguments[0]!;
        foreach (var part in arguments.AsSpan(1))
        {
            scope.Budget.Handle(((string)part!).Length);
            if (has(text, (string)part))
            {
                return PythonOperations.True;
            }
        }

        return PythonOperations.False;
    }

    // The text that "str" gives, which the expression may have defined anew.
    private static string Converted(YaqlScope scope, object? value) =>
        !scope.HasFunctions ? ToText(scope, value)
        : scope.Evaluation.SiteOf("str", 1).InvokeWith(scope, value) as string
            ?? throw PythonErrorException.Type("str() must give a string here");

    private static string Concat(YaqlScope scope, object?[] arguments)
    {
        scope.Budget.Allocate(arguments.Sum(static a => (long)((string)a!).Length));
        return string.Concat(arguments);
    }

    private static string Join(YaqlScope scope, object? sequence, string separator)
    {
        var text = new System.Text.StringBuilder();
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        for (var isFirst = true; items.TryNext(out var item); isFirst = false)
        {
            var part = Converted(scope, item);
            scope.Budget.Allocate(part.Length + (long)separator.Length);
            text.Append(isFirst ? string.Empty : separator).Append(part);
        }

        return text.ToString();
    }

    private static object Substring(YaqlScope scope, object?[] arguments)
    {
        var text = (string)arguments[0]!;
        scope.Budget.Scan(text);
        var count = PythonText.Length(text);
        long start = PythonOperations.ToBound(arguments[1]!);
        long length = PythonOperations.ToBound(arguments[2]!);
        start = start < 0 ? start + count : start;
        length = length < 0 ? count : length;
        return PythonOperations.Slice(text, start, start + length, null, scope.Budget);
    }

    private static object Found(YaqlScope scope, object?[] arguments, Func<string, string, int, int, int> find)
    {
        var text = (string)arguments[0]!;
        scope.Budget.Handle(text.Length);
        var start = PythonOperations.ToBound(arguments[2]!);
        if (arguments.Length == 3)
        {
            return PythonOperations.Box(find(text, (string)arguments[1]!, start, int.MaxValue));
        }

        var count = PythonText.Length(text);
        var length = PythonOperations.ToBound(arguments[3]!);
        start = start < 0 ? start + count : start;
        length = length < 0 ? count - start : length;
        return PythonOperations.Box(find(text, (string)arguments[1]!, start, (int)Math.Min((long)start + length, int.MaxValue)));
    }

    private static PythonList Characters(YaqlScope scope, object?[] arguments)
    {
        var chosen = new System.Text.StringBuilder();
        for (var i = 0; i < Classes.Length; i++)
        {
            if (arguments[i] is true)
            {
                chosen.Append(Classes[i].Characters
                    ?? throw new PythonErrorException("AttributeError", $"there is no class of characters '{Classes[i].Name}' any more"));
            }
        }

        var distinct = PythonSet.From(PythonOperations.Iterate(chosen.ToString(), scope.Budget), isFrozen: true, scope.Budget);
        return PythonOperations.Collect(PythonOperations.Iterate(distinct, scope.Budget), isTuple: true, scope.Budget);
    }
}
