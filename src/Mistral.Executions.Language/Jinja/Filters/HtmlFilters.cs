using System.Buffers;
using System.Globalization;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Filters for HTML and URLs.</summary>
internal static class HtmlFilters
{
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" \t\n\r\f\v/>=");

    internal static IEnumerable<JinjaFunction> All { get; } =
    [
        JinjaFunction.Of("escape", "s, /", static (scope, a) => JinjaMarkup.Escape(a[0], scope.Budget)),
        JinjaFunction.Of("e", "s, /", static (scope, a) => JinjaMarkup.Escape(a[0], scope.Budget)),
        JinjaFunction.Of("forceescape", "value", static (scope, a) =>
            new JinjaMarkup(JinjaMarkup.EscapeText(JinjaText.Of(a[0], scope.Budget), scope.Budget))),
        JinjaFunction.Of("safe", "value", static (scope, a) => a[0] as JinjaMarkup ?? new JinjaMarkup(JinjaText.Of(a[0], scope.Budget))),
        JinjaFunction.Of("striptags", "value", static (scope, a) => HtmlText.StripTags(JinjaText.Of(a[0], scope.Budget), scope.Budget)),
        JinjaFunction.Of("xmlattr", "d, autospace=True", ToAttributes),
        JinjaFunction.Of("urlencode", "value", EncodeUrl),
        JinjaFunction.Of("urlize", "value, trim_url_limit=None, nofollow=False, target=None, rel=None, extra_schemes=None", Urlize),
    ];

    private static object? ToAttributes(JinjaScope scope, object?[] arguments)
    {
        JinjaOperators.RequireDefined(arguments[0]);
        var dictionary = arguments[0] as PythonDictionary
            ?? throw new PythonErrorException("AttributeError", $"'{PythonOperations.TypeName(arguments[0])}' object has no attribute 'items'");
        var text = new StringBuilder();
        for (var i = 0; i < dictionary.Count; i++)
        {
            var (key, value) = dictionary.At(i);
            if (value is null or JinjaUndefined)
            {
                continue;
            }

            var name = JinjaText.Require(key);
            if (name.AsSpan().IndexOfAny(NotInNames) >= 0)
            {
                throw PythonErrorException.Value($"'{name}' cannot be the name of an attribute");
            }

            text.Append(text.Length == 0 ? string.Empty : " ")
                .Append(JinjaMarkup.Escape(key, scope.Budget).Text)
                .Append("=\"")
                .Append(JinjaMarkup.Escape(value, scope.Budget).Text)
                .Append('"');
        }

        scope.Budget.Allocate(text.Length);
        if (text.Length > 0 && PythonOperations.IsTrue(arguments[1]))
        {
            text.Insert(0, ' ');
        }

        return scope.Written(text.ToString());
    }

    private static object? EncodeUrl(JinjaScope scope, object?[] arguments)
    {
        var budget = scope.Budget;
        if (arguments[0] is not (PythonList or PythonDictionary or PythonIterable or PythonSet))
        {
            return Quote(arguments[0], "/", budget);
        }

        var items = arguments[0] is PythonDictionary dictionary
            ? new PythonDictionaryView(dictionary, PythonDictionaryView.Part.Items, budget).GetIterator()
            : JinjaOperators.Iterate(arguments[0], budget);
        var parts = new List<string>();
        while (items.TryNext(out var pair))
        {
            var values = JinjaOperators.Iterate(pair, budget);
            if (!values.TryNext(out var key) || !values.TryNext(out var value) || values.TryNext(out _))
            {
                throw PythonErrorException.Value("the items of a query must be pairs of name and value");
            }

            parts.Add($"{QuoteForQuery(key, budget)}={QuoteForQuery(value, budget)}");
        }

        return string.Join('&', parts);
    }

    private static string QuoteForQuery(object? value, EvaluationBudget budget) =>
        Quote(value, string.Empty, budget).Replace("%20", "+", StringComparison.Ordinal);

    private static string Quote(object? value, string safe, EvaluationBudget budget)
    {
        var bytes = Encoding.UTF8.GetBytes(JinjaText.Of(value, budget));
        budget.Change(bytes.Length * 3L);
        var quoted = new StringBuilder(bytes.Length);
        foreach (var unit in bytes)
        {
            var character = (char)unit;
            if (char.IsAsciiLetterOrDigit(character) || "_.-~".Contains(character, StringComparison.Ordinal) || safe.Contains(character, StringComparison.Ordinal))
            {
                quoted.Append(character);
            }
            else
            {
                quoted.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
            }
        }

        return quoted.ToString();
    }

    private static object? Urlize(JinjaScope scope, object?[] arguments)
    {
        var budget = scope.Budget;
        var relations = new SortedSet<string>(StringComparer.Ordinal) { "noopener" };
        if (arguments[4] is not null)
        {
            relations.UnionWith(JinjaText.Require(arguments[4]).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }

        if (PythonOperations.IsTrue(arguments[2]))
        {
            relations.Add("nofollow");
        }

        var linker = new TextLinker(
            arguments[1],
            string.Join(' ', relations),
            PythonOperations.IsTrue(arguments[3]) ? JinjaText.Of(arguments[3], budget) : null,
            arguments[5] is null ? [] : Schemes(arguments[5], budget),
            budget);
        return scope.Written(linker.Link(JinjaMarkup.Escape(arguments[0], budget).Text));
    }

    private static List<string> Schemes(object? value, EvaluationBudget budget)
    {
        var schemes = new List<string>();
        var items = JinjaOperators.Iterate(value, budget);
        while (items.TryNext(out var item))
        {
            var scheme = JinjaText.Require(item);
            var colon = scheme.IndexOf(':', StringComparison.Ordinal);
            if (colon < 2 || scheme[(colon + 1)..] is not ("" or "/" or "//") || !scheme.AsSpan(0, colon).ToString().All(IsSchemeCharacter))
            {
                throw new PythonErrorException("FilterArgumentError", $"'{scheme}' does not begin a URL");
            }

            schemes.Add(scheme);
        }

        return schemes;
    }

    private static bool IsSchemeCharacter(char character) => char.IsLetterOrDigit(character) || "_.+-".Contains(character, StringComparison.Ordinal);
}
