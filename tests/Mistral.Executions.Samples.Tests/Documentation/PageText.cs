using System.Text.RegularExpressions;

namespace Mistral.Executions.Samples.Tests.Documentation;

/// <summary>What pages show as the output of something.</summary>
internal static partial class PageText
{
    /// <summary>The output that begins so.</summary>
    public static string Of(string page, string beginning)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "src", "docs", page)).ReplaceLineEndings("\n");
        var start = text.IndexOf("```text\n" + beginning, StringComparison.Ordinal) + "```text\n".Length;
        return text[start..text.IndexOf("\n```", start, StringComparison.Ordinal)];
    }

    /// <summary>A text with three dots for each id, as pages show it.</summary>
    public static string WithoutIds(string text) => Id().Replace(text, "…");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
