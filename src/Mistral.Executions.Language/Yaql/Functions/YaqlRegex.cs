using System.Text;
using System.Text.RegularExpressions;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>A compiled regular expression.</summary>
internal sealed class YaqlRegex : PythonObject
{
    // Only for patterns that need backtracking, all others take linear time.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(50);

    private readonly string _pattern;
    private readonly RegexOptions _options;
    private readonly Regex _regex;

    private YaqlRegex(string pattern, RegexOptions options, Regex regex, PatternTranslator translated) =>
        (_pattern, _options, _regex, GroupCount, Names) = (pattern, options, regex, translated.GroupCount, translated.Names);

    /// <summary>How many groups the pattern has.</summary>
    internal int GroupCount { get; }

    /// <summary>The numbers of the groups that have a name.</summary>
    internal IReadOnlyDictionary<string, int> Names { get; }

    internal override string TypeName => "Pattern";

    /// <summary>Compiles a pattern in Python's syntax.</summary>
    /// <exception cref="PythonErrorException">The pattern is wrong.</exception>
    internal static YaqlRegex Compile(string pattern, bool ignoreCase, bool multiLine, bool dotAll)
    {
        var translator = new PatternTranslator(pattern);
        var translated = translator.Translate();
        var options = translator.Options
            | (ignoreCase ? RegexOptions.IgnoreCase : 0)
            | (multiLine ? RegexOptions.Multiline : 0)
            | (dotAll ? RegexOptions.Singleline : 0);
        try
        {
            var engine = (options & ~RegexOptions.IgnorePatternWhitespace) | RegexOptions.CultureInvariant;
            var regex = translator.NeedsBacktracking
                ? new Regex(translated, engine, Timeout)
                : new Regex(translated, engine | RegexOptions.NonBacktracking, Regex.InfiniteMatchTimeout);
            return new(pattern, options, regex, translator);
        }
        catch (ArgumentException error)
        {
            throw new PythonErrorException("error", $"the regular expression '{pattern}' is wrong: {error.Message}");
        }
    }

    internal Match Match(string text, EvaluationBudget budget)
    {
        // A character of an automaton costs more than one that is copied.
        budget.Handle(8L * text.Length);
        try
        {
            return Whole(_regex.Match(text), text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow();
        }
    }

    internal Match Next(Match match, string text, EvaluationBudget budget)
    {
        budget.Handle(1);
        try
        {
            return Whole(match.NextMatch(), text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow();
        }
    }

    internal override bool IsEqualTo(object? other, EvaluationBudget budget) =>
        other is YaqlRegex regex && regex._pattern == _pattern && regex._options == _options;

    internal override int Hash(EvaluationBudget budget) => HashCode.Combine(_pattern, _options);

    internal override string Represent(EvaluationBudget budget)
    {
        var flags = new List<string>();
        foreach (var (option, name) in new[]
        {
            (RegexOptions.IgnoreCase, "re.IGNORECASE"),
            (RegexOptions.Multiline, "re.MULTILINE"),
            (RegexOptions.Singleline, "re.DOTALL"),
            (RegexOptions.IgnorePatternWhitespace, "re.VERBOSE"),
        })
        {
            if ((_options & option) != 0)
            {
                flags.Add(name);
            }
        }

        var text = new StringBuilder("re.compile(");
        PythonOperations.RepresentText(_pattern, text);
        return text.Append(flags.Count == 0 ? string.Empty : ", ").AppendJoin('|', flags).Append(')').ToString();
    }

    // Nothing is found between the two units of one character.
    private static Match Whole(Match match, string text)
    {
        while (match is { Success: true, Length: 0 } && match.Index > 0 && match.Index < text.Length
            && char.IsSurrogatePair(text[match.Index - 1], text[match.Index]))
        {
            match = match.NextMatch();
        }

        return match;
    }

    private EvaluationLimitException TooSlow() =>
        new($"the regular expression '{_pattern}' takes longer than {Timeout.TotalMilliseconds} ms on this text");
}
