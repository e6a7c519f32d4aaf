using System.Text;
using Mistral.Executions.Language.Functions;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Filters that give texts.</summary>
internal static class TextFilters
{
    internal static IEnumerable<JinjaFunction> All { get; } =
    [
        JinjaFunction.Of("string", "object, /", static (scope, a) => Soft(a[0], scope.Budget)),
        Map("upper", PythonText.ToUpper),
        Map("lower", static text => PythonText.ToLower(text)),
        Map("capitalize", StringCases.Capitalize),
        Map("title", Title),
        JinjaFunction.Of("trim", "value, chars=None", static (scope, a) => StripText(Soft(a[0], scope.Budget), a[1], scope.Budget)),
        JinjaFunction.Of("replace", "s, old, new, count=None", Replace),
        JinjaFunction.Free("format", Format),
        JinjaFunction.Of("join", "value, d='', attribute=None", Join),
        JinjaFunction.Of("wordcount", "s", static (scope, a) => PythonOperations.Box(CountWords(JinjaText.Of(a[0], scope.Budget), scope.Budget))),
        JinjaFunction.Of("truncate", "s, length=255, killwords=False, end='...', leeway=None", Truncate),
        JinjaFunction.Of("pprint", "value", static (scope, a) => PrettyPrinter.Print(a[0], scope.Budget)),
        JinjaFunction.Of("tojson", "value, indent=None", ToJson),
    ];

    /// <summary>Texts and markup as they are; all other values as text.</summary>
    internal static object Soft(object? value, EvaluationBudget budget) => value as JinjaMarkup as object ?? JinjaText.Of(value, budget);

    private static JinjaFunction Map(string name, Func<string, string> map) => JinjaFunction.Of(name, "s", (scope, a) =>
    {
        var text = Soft(a[0], scope.Budget);
        scope.Budget.Change(JinjaText.TryGet(text)!.Length);
        return JinjaText.Like(text, map(JinjaText.TryGet(text)!));
    });

    private static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var start = 0;
        while (start < text.Length)
        {
            var isBreak = IsWordBreak(text[start]);
            var end = start + 1;
            while (end < text.Length && IsWordBreak(text[end]) == isBreak)
            {
                end++;
            }

            var first = start + PythonText.WidthAt(text, start);
            result.Append(PythonText.ToUpper(text[start..first])).Append(PythonText.ToLower(text[first..end]));
            start = end;
        }

        return result.ToString();
    }

    private static bool IsWordBreak(char character) => character is '-' or '(' or '{' or '[' or '<' || PythonText.IsSpace(character);

    private static object StripText(object text, object? characters, EvaluationBudget budget)
    {
        var source = JinjaText.TryGet(text)!;
        var set = characters is null ? null : JinjaText.Require(characters);
        budget.Handle(source.Length * (long)Math.Max(1, set?.Length ?? 1));
        return JinjaText.Like(text, PythonText.Strip(source, set));
    }

    private static object? Replace(JinjaScope scope, object?[] arguments)
    {
        var budget = scope.Budget;
        var count = arguments[3] is null ? -1 : JinjaText.RequireInteger(arguments[3]);
        if (!scope.EscapesHtml)
        {
            return PythonText.Replace(
                JinjaText.Of(arguments[0], budget), JinjaText.Of(arguments[1], budget), JinjaText.Of(arguments[2], budget), count, budget);
        }

        var subject = arguments[1] is JinjaMarkup || (arguments[2] is JinjaMarkup && arguments[0] is not JinjaMarkup)
            ? JinjaMarkup.Escape(arguments[0], budget)
            : Soft(arguments[0], budget);
        var replacement = subject is JinjaMarkup ? JinjaMarkup.Escape(arguments[2], budget).Text : JinjaText.Of(arguments[2], budget);
        return JinjaText.Like(
            subject, PythonText.Replace(JinjaText.TryGet(subject)!, JinjaText.Of(arguments[1], budget), replacement, count, budget));
    }

    private static object? Format(JinjaScope scope, JinjaArguments arguments)
    {
        var values = arguments.Positional[1..];
        if (values.Length > 0 && arguments.Named.Length > 0)
        {
            throw new PythonErrorException("FilterArgumentError", "format takes arguments by place or by name, not both");
        }

        object content = arguments.Named.Length > 0 ? arguments.ToDictionary(scope.Budget) : PythonList.Tuple(values);
        return PercentFormat.Format(Soft(arguments.Positional[0], scope.Budget), content, scope.Budget);
    }

    private static object? Join(JinjaScope scope, object?[] arguments)
    {
        var budget = scope.Budget;
        var getter = arguments[2] is null ? null : ItemGetter.Of(arguments[2]);
        var source = JinjaOperators.Iterate(arguments[0], budget);
        var items = new List<object?>();
        var hasMarkup = arguments[1] is JinjaMarkup;
        while (source.TryNext(out var item))
        {
            item = getter is null ? item : getter.Get(item, scope);
            hasMarkup |= item is JinjaMarkup;
            budget.Allocate(1);
            items.Add(item);
        }

        var isMarkup = scope.EscapesHtml && hasMarkup;
        var separator = isMarkup ? JinjaMarkup.Escape(arguments[1], budget).Text : JinjaText.Of(arguments[1], budget);
        var result = new StringBuilder();
        for (var i = 0; i < items.Count; i++)
        {
            var text = isMarkup ? JinjaMarkup.Escape(items[i], budget).Text : JinjaText.Of(items[i], budget);
            budget.Allocate(text.Length + separator.Length);
            result.Append(i == 0 ? string.Empty : separator).Append(text);
        }

        return isMarkup ? new JinjaMarkup(result.ToString()) : result.ToString();
    }

    private static int CountWords(string text, EvaluationBudget budget)
    {
        budget.Handle(text.Length);
        var (count, isInside) = (0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            var isWord = JinjaCharacters.IsWord(rune);
            count += isWord && !isInside ? 1 : 0;
            isInside = isWord;
        }

        return count;
    }

    private static object? Truncate(JinjaScope scope, object?[] arguments)
    {
        var (length, leeway) = (JinjaText.RequireInteger(arguments[1]), arguments[4] is null ? 5 : JinjaText.RequireInteger(arguments[4]));
        var endLength = JinjaOperators.Length(arguments[3]);
        if (length < endLength || leeway < 0)
        {
            throw new PythonErrorException("AssertionError", $"the length must be at least {endLength}, that of the end, and the leeway at least 0");
        }

        if (JinjaOperators.Length(arguments[0]) <= (long)length + leeway)
        {
            return arguments[0];
        }

        var (text, end) = (JinjaText.Require(arguments[0]), JinjaText.Require(arguments[3]));
        var head = PythonText.Slice(text, 0, length - endLength);
        if (!PythonOperations.IsTrue(arguments[2]))
        {
            var space = head.LastIndexOf(' ');
            head = space < 0 ? head : head[..space];
        }

        var addition = arguments[0] is JinjaMarkup ? JinjaMarkup.Escape(arguments[3], scope.Budget).Text : end;
        scope.Budget.Allocate(head.Length + addition.Length);
        return JinjaText.Like(arguments[0], head + addition);
    }

    private static object? ToJson(JinjaScope scope, object?[] arguments)
    {
        // A text has nothing to indent, so whatever is given for it does not matter.
        var indent = JinjaText.TryGet(arguments[0]) is not null || arguments[1] is null ? null
            : JinjaText.TryGet(arguments[1]) ?? new string(' ', Width(arguments[1], scope.Budget));
        var json = PythonJson.DumpSorted(arguments[0], indent, scope.Budget);
        scope.Budget.Allocate(json.Length);
        return new JinjaMarkup(json
            .Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal)
            .Replace("'", "\\u0027", StringComparison.Ordinal));
    }

    private static int Width(object? value, EvaluationBudget budget)
    {
        var width = Math.Max(0, JinjaText.RequireInteger(value));
        budget.Allocate(width);
        return width;
    }
}
