using System.Collections.Frozen;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The methods of Python's <c>str</c>. Those of markup give markup.</summary>
internal static class StringMethods
{
    internal static FrozenDictionary<string, JinjaFunction> All { get; } = Create().ToFrozenDictionary(static f => f.Name, StringComparer.Ordinal);

    private static IEnumerable<JinjaFunction> Create() =>
    [
        .. StringTests.All,
        Map("upper", PythonText.ToUpper),
        Map("lower", static text => PythonText.ToLower(text)),
        Map("casefold", PythonText.Fold),
        Map("capitalize", StringCases.Capitalize),
        Map("title", StringCases.Title),
        Map("swapcase", StringCases.Swap),
        Strip("strip", PythonText.Strip),
        Strip("lstrip", PythonText.StripStart),
        Strip("rstrip", PythonText.StripEnd),
        Pad("center", StringPadding.Center),
        Pad("ljust", StringPadding.Left),
        Pad("rjust", StringPadding.Right),
        JinjaFunction.Of("zfill", "self, width, /", static (scope, a) =>
            Like(a, StringPadding.ZeroFill(Copied(a, scope), JinjaText.RequireInteger(a[1]), scope.Budget))),
        JinjaFunction.Of("expandtabs", "self, tabsize=8", static (scope, a) =>
            Like(a, StringPadding.ExpandTabs(Self(a), JinjaText.RequireInteger(a[1]), scope.Budget))),
        JinjaFunction.Of("split", "self, sep=None, maxsplit=-1", static (scope, a) =>
            LikeAll(a, PythonText.Split(Self(a), Separator(a[1]), JinjaText.RequireInteger(a[2]), scope.Budget))),
        JinjaFunction.Of("rsplit", "self, sep=None, maxsplit=-1", static (scope, a) =>
            LikeAll(a, PythonText.SplitFromEnd(Self(a), Separator(a[1]), JinjaText.RequireInteger(a[2]), scope.Budget))),
        JinjaFunction.Of("splitlines", "self, keepends=False", static (scope, a) =>
            LikeAll(a, StringSplitting.Lines(Self(a), PythonOperations.IsTrue(a[1]), scope.Budget))),
        JinjaFunction.Of("partition", "self, sep, /", static (scope, a) => Partition(a, Copied(a, scope).IndexOf(NotEmpty(a[1]), StringComparison.Ordinal), first: true)),
        JinjaFunction.Of("rpartition", "self, sep, /", static (scope, a) => Partition(a, Copied(a, scope).LastIndexOf(NotEmpty(a[1]), StringComparison.Ordinal), first: false)),
        JinjaFunction.Of("replace", "self, old, new, count=-1, /", static (scope, a) =>
            Like(a, PythonText.Replace(Self(a), JinjaText.Require(a[1]), Escaped(a, a[2], scope), JinjaText.RequireInteger(a[3]), scope.Budget))),
        JinjaFunction.Of("removeprefix", "self, prefix, /", static (scope, a) =>
            Like(a, Copied(a, scope).StartsWith(JinjaText.Require(a[1]), StringComparison.Ordinal) ? Self(a)[JinjaText.Require(a[1]).Length..] : Self(a))),
        JinjaFunction.Of("removesuffix", "self, suffix, /", static (scope, a) =>
            Like(a, Copied(a, scope).EndsWith(JinjaText.Require(a[1]), StringComparison.Ordinal) ? Self(a)[..^JinjaText.Require(a[1]).Length] : Self(a))),
        JinjaFunction.Of("join", "self, iterable, /", static (scope, a) => Join(a, scope)),
        JinjaFunction.Of("find", "self, sub, start=None, end=None, /", static (scope, a) => PythonOperations.Box(Find(a, PythonText.Find, scope.Budget))),
        JinjaFunction.Of("rfind", "self, sub, start=None, end=None, /", static (scope, a) => PythonOperations.Box(Find(a, PythonText.FindLast, scope.Budget))),
        JinjaFunction.Of("index", "self, sub, start=None, end=None, /", static (scope, a) => Found(Find(a, PythonText.Find, scope.Budget))),
        JinjaFunction.Of("rindex", "self, sub, start=None, end=None, /", static (scope, a) => Found(Find(a, PythonText.FindLast, scope.Budget))),
        JinjaFunction.Of("count", "self, sub, start=None, end=None, /", static (scope, a) => Count(a, scope.Budget)),
        JinjaFunction.Of("startswith", "self, prefix, start=None, end=None, /", static (scope, a) =>
            HasAny(a, scope.Budget, static (text, part) => text.StartsWith(part, StringComparison.Ordinal))),
        JinjaFunction.Of("endswith", "self, suffix, start=None, end=None, /", static (scope, a) =>
            HasAny(a, scope.Budget, static (text, part) => text.EndsWith(part, StringComparison.Ordinal))),
        JinjaFunction.Of("encode", "self, encoding='utf-8', errors='strict'", static (scope, a) =>
            PythonBytes.Encode(Self(a), JinjaText.Require(a[1]), scope.Budget)),
        JinjaFunction.Free("format", static (scope, a) =>
            JinjaText.Like(a.Positional[0], BraceFormat.Format(a.Positional[0], a.SkipPositional(1), scope))),
        JinjaFunction.Of("format_map", "self, mapping, /", static (scope, a) => Like(a, BraceFormat.FormatMap(a[0], a[1], scope))),
        JinjaFunction.Free("maketrans", static (scope, a) => StringTranslation.MakeTable(a.Positional[1..], scope.Budget)),
        JinjaFunction.Of("translate", "self, table, /", static (scope, a) => Like(a, StringTranslation.Translate(Self(a), a[1], scope.Budget))),
        JinjaFunction.Of("striptags", "self", static (scope, a) => OfMarkup(a, HtmlText.StripTags(Self(a), scope.Budget))),
        JinjaFunction.Of("unescape", "self", static (scope, a) => OfMarkup(a, HtmlText.Unescape(Self(a), scope.Budget))),
    ];

    internal static string Self(object?[] arguments) => JinjaText.TryGet(arguments[0])!;

    /// <summary>The text itself, of which a look at each character is charged.</summary>
    internal static string Scanned(object?[] arguments, JinjaScope scope)
    {
        var text = Self(arguments);
        scope.Budget.Scan(text);
        return text;
    }

    /// <summary>The text itself, of which a copy is charged.</summary>
    private static string Copied(object?[] arguments, JinjaScope scope)
    {
        scope.Budget.Allocate(Self(arguments).Length);
        return Self(arguments);
    }

    private static object Like(object?[] arguments, string text) => JinjaText.Like(arguments[0], text);

    private static string OfMarkup(object?[] arguments, string text) => arguments[0] is JinjaMarkup
        ? text
        : throw new PythonErrorException("AttributeError", "only markup has this method");

    private static PythonList LikeAll(object?[] arguments, PythonList parts)
    {
        if (arguments[0] is JinjaMarkup)
        {
            for (var i = 0; i < parts.Count; i++)
            {
                parts.Set(i, new JinjaMarkup((string)parts[i]!));
            }
        }

        return parts;
    }

    private static JinjaFunction Map(string name, Func<string, string> map) => JinjaFunction.Of(name, "self, /", (scope, a) =>
    {
        scope.Budget.Change(Self(a).Length);
        return Like(a, map(Self(a)));
    });

    private static JinjaFunction Strip(string name, Func<string, string?, string> strip) => JinjaFunction.Of(name, "self, chars=None, /", (scope, a) =>
    {
        scope.Budget.Handle((Self(a).Length * (long)(a[1] is null ? 1 : JinjaText.Require(a[1]).Length)) + 1);
        return Like(a, strip(Self(a), a[1] is null ? null : JinjaText.Require(a[1])));
    });

    private static JinjaFunction Pad(string name, Func<string, int, string, EvaluationBudget, string> pad) =>
        JinjaFunction.Of(name, "self, width, fillchar=' ', /", (scope, a) =>
        {
            var fill = JinjaText.Require(a[2]);
            return PythonText.Length(fill) == 1
                ? Like(a, pad(Copied(a, scope), JinjaText.RequireInteger(a[1]), fill, scope.Budget))
                : throw PythonErrorException.Type("The fill character must be exactly one character long");
        });

    private static string? Separator(object? value) => value is null ? null : JinjaText.Require(value);

    private static string NotEmpty(object? value) =>
        JinjaText.Require(value) is { Length: > 0 } text ? text : throw PythonErrorException.Value("empty separator");

    private static string Escaped(object?[] arguments, object? value, JinjaScope scope) =>
        arguments[0] is JinjaMarkup && JinjaText.TryGet(value) is not null ? JinjaMarkup.Escape(value, scope.Budget).Text : JinjaText.Require(value);

    private static PythonList Partition(object?[] arguments, int found, bool first)
    {
        var text = Self(arguments);
        var separator = JinjaText.Require(arguments[1]);
        var parts = found >= 0 ? [text[..found], separator, text[(found + separator.Length)..]]
            : first ? (string[])[text, string.Empty, string.Empty]
            : [string.Empty, string.Empty, text];
        return PythonList.Tuple([.. parts.Select(p => (object?)Like(arguments, p))]);
    }

    private static object Join(object?[] arguments, JinjaScope scope)
    {
        var isMarkup = arguments[0] is JinjaMarkup;
        var joined = new StringBuilder();
        var items = JinjaOperators.Iterate(arguments[1], scope.Budget);
        for (var i = 0; items.TryNext(out var item); i++)
        {
            var text = isMarkup
                ? JinjaMarkup.Escape(item, scope.Budget).Text
                : JinjaText.TryGet(item) ?? throw (item is JinjaUndefined
                    ? JinjaText.Mismatch(item, "a text")
                    : PythonErrorException.Type($"sequence item {i}: expected str instance, {PythonOperations.TypeName(item)} found"));
            scope.Budget.Allocate(text.Length + Self(arguments).Length);
            joined.Append(i == 0 ? string.Empty : Self(arguments)).Append(text);
        }

        return Like(arguments, joined.ToString());
    }

    private static int Find(object?[] arguments, Func<string, string, int, int, int> find, EvaluationBudget budget)
    {
        budget.Scan(Self(arguments));
        return find(
            Self(arguments),
            JinjaText.Require(arguments[1]),
            arguments[2] is null ? 0 : JinjaText.RequireInteger(arguments[2]),
            arguments[3] is null ? int.MaxValue : JinjaText.RequireInteger(arguments[3]));
    }

    private static object Found(int place) =>
        place >= 0 ? PythonOperations.Box(place) : throw PythonErrorException.Value("substring not found");

    private static string Part(object?[] arguments, EvaluationBudget budget) => arguments[2] is null && arguments[3] is null
        ? Self(arguments)
        : (string)PythonOperations.Slice(Self(arguments), arguments[2], arguments[3], null, budget);

    private static object Count(object?[] arguments, EvaluationBudget budget)
    {
        var text = Part(arguments, budget);
        var part = JinjaText.Require(arguments[1]);
        budget.Handle(text.Length);
        if (part.Length == 0)
        {
            return PythonOperations.Box(PythonText.Length(text) + 1);
        }

        var count = 0;
        for (var i = text.IndexOf(part, StringComparison.Ordinal); i >= 0; i = text.IndexOf(part, i + part.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return PythonOperations.Box(count);
    }

    private static object HasAny(object?[] arguments, EvaluationBudget budget, Func<string, string, bool> has)
    {
        var text = Part(arguments, budget);
        if (arguments[1] is not PythonList { IsTuple: true } parts)
        {
            budget.Scan(JinjaText.Require(arguments[1]));
            return PythonOperations.Box(has(text, JinjaText.Require(arguments[1])));
        }

        for (var i = 0; i < parts.Count; i++)
        {
            budget.Handle(JinjaText.Require(parts[i]).Length);
            if (has(text, JinjaText.Require(parts[i])))
            {
                return PythonOperations.True;
            }
        }

        return PythonOperations.False;
    }
}
