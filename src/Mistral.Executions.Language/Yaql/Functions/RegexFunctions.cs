using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;
using RegexMatch = System.Text.RegularExpressions.Match;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Regular expressions.</summary>
internal static class RegexFunctions
{
    private const string Special = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f";

    internal static void Declare(YaqlDeclarations to)
    {
        YaqlParameter Switch(string name) => new YaqlParameter(name, FlagOrNone).Or(PythonOperations.False);
        to.Function(
            "regex",
            [("pattern", Text), Switch("ignoreCase"), Switch("multiLine"), Switch("dotAll")],
            static (YaqlScope s, object?[] a) => s.Evaluation.Patterns.Get((string)a[0]!, a[1] is true, a[2] is true, a[3] is true, s.Budget));
        to.Function("isRegex", [("value", Any)], static (_, value) => PythonOperations.Box(value is YaqlRegex));
        to.Function("escapeRegex", [("string", Text)], static (s, text) => Escape(s, (string)text!));
        YaqlParameter[] texts = [("string", Text), ("pattern", Text)];
        to.Function("#operator_=~", texts, static (s, text, pattern) => PythonOperations.Box(IsFound(s, text, pattern)));
        to.Function("#operator_!~", texts, static (s, text, pattern) => PythonOperations.Box(!IsFound(s, text, pattern)));
        YaqlParameter[] textAndRegex = [("string", Text), ("regexp", YaqlParameterType.Regex)];
        to.Function("#operator_=~", textAndRegex, static (s, text, pattern) => PythonOperations.Box(IsFound(s, text, pattern)));
        to.Function("#operator_!~", textAndRegex, static (s, text, pattern) => PythonOperations.Box(!IsFound(s, text, pattern)));
        to.Method("matches", [("regexp", YaqlParameterType.Regex), ("string", Text)], static (s, pattern, text) =>
            PythonOperations.Box(IsFound(s, text, pattern)));
        to.Method("matches", [("string", Text), ("regexp", Text)], static (s, text, pattern) =>
            PythonOperations.Box(IsFound(s, text, pattern)));
        YaqlParameter[] search = [("regexp", YaqlParameterType.Regex), ("string", Text), new YaqlParameter("selector", Lambda).Or(null)];
        to.Method("search", search, static (YaqlScope s, object?[] a) => Search(s, (YaqlRegex)a[0]!, (string)a[1]!, (YaqlLambda?)a[2]));
        to.Method("searchAll", search, static (YaqlScope s, object?[] a) =>
            PythonIterator.From(SearchAll(s, (YaqlRegex)a[0]!, (string)a[1]!, (YaqlLambda?)a[2]), s.Budget));
        DeclareChanges(to);
    }

    private static void DeclareChanges(YaqlDeclarations to)
    {
        YaqlParameter regexp = ("regexp", YaqlParameterType.Regex);
        YaqlParameter text = ("string", Text);
        YaqlParameter maximum = new YaqlParameter("maxSplit", Integer).Or(0L);
        YaqlParameter count = new YaqlParameter("count", Integer).Or(0L);
        to.Method("split", [regexp, text, maximum], static (YaqlScope s, object?[] a) => Split(s, a[0], a[1], a[2]));
        to.Method("split", [text, regexp, maximum], static (YaqlScope s, object?[] a) => Split(s, a[1], a[0], a[2]));
        to.Method("replace", [regexp, text, ("repl", Text), count], static (YaqlScope s, object?[] a) => Replace(s, a[0], a[1], a[2], a[3]));
        to.Method("replace", [text, regexp, ("repl", Text), count], static (YaqlScope s, object?[] a) => Replace(s, a[1], a[0], a[2], a[3]));
        to.Method("replaceBy", [regexp, text, ("repl", Lambda), count], static (YaqlScope s, object?[] a) =>
            ReplaceBy(s, a[0], a[1], a[2], a[3]));
        to.Method("replaceBy", [text, regexp, ("repl", Lambda), count], static (YaqlScope s, object?[] a) =>
            ReplaceBy(s, a[1], a[0], a[2], a[3]));
    }

    private static bool IsFound(YaqlScope scope, object? text, object? pattern)
    {
        var regex = pattern as YaqlRegex ?? scope.Evaluation.Patterns.Get((string)pattern!, false, false, false, scope.Budget);
        return regex.Match((string)text!, scope.Budget).Success;
    }

    private static string Escape(YaqlScope scope, string text)
    {
        scope.Budget.Allocate(2L * text.Length);
        var result = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            result.Append(Special.Contains(character, StringComparison.Ordinal) ? "\\" : string.Empty).Append(character);
        }

        return result.ToString();
    }

    private static object? Search(YaqlScope scope, YaqlRegex regex, string text, YaqlLambda? selector)
    {
        var match = regex.Match(text, scope.Budget);
        return match.Success ? Selected(scope, regex, text, match, selector) : null;
    }

    private static IEnumerable<object?> SearchAll(YaqlScope scope, YaqlRegex regex, string text, YaqlLambda? selector)
    {
        for (var match = regex.Match(text, scope.Budget); match.Success; match = regex.Next(match, text, scope.Budget))
        {
            yield return Selected(scope, regex, text, match, selector);
        }
    }

    private static object? Selected(YaqlScope scope, YaqlRegex regex, string text, RegexMatch match, YaqlLambda? selector)
    {
        scope.Budget.Allocate(match.Length);
        if (selector is null)
        {
            return match.Value;
        }

        // The selector sees the whole match as $, and its groups as $2, $3, ...
        if (regex.Names.Count > 0)
        {
            throw PythonErrorException.Value("a pattern with named groups cannot be used with a selector; use groups without names");
        }

        var inner = scope.CreateChild();
        for (var i = 0; i <= regex.GroupCount; i++)
        {
            inner.Set((i + 1).ToString(CultureInfo.InvariantCulture), Record(scope, text, match.Groups[i]));
        }

        return selector.InvokeIn(inner);
    }

    private static PythonDictionary Record(YaqlScope scope, string text, Group group)
    {
        var record = new PythonDictionary(isFrozen: false, scope.Budget);
        record.Set("value", group.Success ? group.Value : null, scope.Budget);
        record.Set("start", PythonOperations.Box(group.Success ? PythonText.PointOf(text, group.Index) : -1), scope.Budget);
        record.Set("end", PythonOperations.Box(group.Success ? PythonText.PointOf(text, group.Index + group.Length) : -1), scope.Budget);
        return record;
    }

    private static PythonList Split(YaqlScope scope, object? pattern, object? value, object? maximum)
    {
        var (regex, text) = ((YaqlRegex)pattern!, (string)value!);
        var left = PythonOperations.ToIndex(maximum!);
        left = left == 0 ? int.MaxValue : left;
        var parts = PythonList.NewList();
        var place = 0;
        for (var match = regex.Match(text, scope.Budget); match.Success && left > 0; match = regex.Next(match, text, scope.Budget), left--)
        {
            Add(scope, parts, text[place..match.Index]);
            for (var i = 1; i <= regex.GroupCount; i++)
            {
                Add(scope, parts, match.Groups[i].Success ? match.Groups[i].Value : null);
            }

            place = match.Index + match.Length;
        }

        Add(scope, parts, text[place..]);
        return parts;
    }

    private static void Add(YaqlScope scope, PythonList parts, string? part)
    {
        scope.Budget.Allocate(part?.Length ?? 0);
        parts.Add(part, scope.Budget);
    }

    private static string Replace(YaqlScope scope, object? pattern, object? text, object? replacement, object? count)
    {
        var regex = (YaqlRegex)pattern!;
        var template = ReplacementTemplate.Parse((string)replacement!, regex);
        return Substitute(scope, regex, (string)text!, count, template.Expand);
    }

    private static string ReplaceBy(YaqlScope scope, object? pattern, object? text, object? replacement, object? count)
    {
        var regex = (YaqlRegex)pattern!;
        return Substitute(scope, regex, (string)text!, count, match =>
            Selected(scope, regex, (string)text!, match, (YaqlLambda)replacement!) switch
            {
                string part => part,
                null => string.Empty,
                var other => throw PythonErrorException.Type($"replaceBy() needs a string, not {PythonOperations.TypeName(other)}"),
            });
    }

    private static string Substitute(YaqlScope scope, YaqlRegex regex, string text, object? count, Func<RegexMatch, string> replacement)
    {
        var left = PythonOperations.ToIndex(count!);
        left = left == 0 ? int.MaxValue : left;
        var result = new StringBuilder();
        var place = 0;
        for (var match = regex.Match(text, scope.Budget); match.Success && left > 0; match = regex.Next(match, text, scope.Budget), left--)
        {
            var part = replacement(match);
            scope.Budget.Allocate(part.Length + match.Index - place);
            result.Append(text, place, match.Index - place).Append(part);
            place = match.Index + match.Length;
        }

        return result.Append(text, place, text.Length - place).ToString();
    }
}
