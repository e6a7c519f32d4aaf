using System.Text.RegularExpressions;

namespace Mistral.Executions.Conformance.Expressions;

/// <summary>The cases whose answer is an accident of Mistral's code, from the page that gives the reason for each.</summary>
internal static partial class KnownDifferences
{
    private const string Page = "known-differences.md";

    internal static IReadOnlySet<string> Read() => Entry()
        .Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Page)))
        .SelectMany(static entry => entry.Groups["id"].Captures)
        .Select(static id => id.Value)
        .ToHashSet(StringComparer.Ordinal);

    // An entry is a list item that starts with one id or several, each in backquotes.
    [GeneratedRegex("^- (?:`(?<id>[^`]+)`(?:, )?)+:", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();
}
