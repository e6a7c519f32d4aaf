using System.Text.RegularExpressions;

namespace Mistral.Executions.Samples.Tests.Documentation;

/// <summary>
/// Holds the pages against the code: what a page shows as C# or YAML is, word for word, a marked part of a file that is
/// compiled and run by the tests beside this one (or by those of a sample). YAML that says what running it gives is run by
/// <see cref="LanguagePageTests"/>.
/// </summary>
public sealed partial class SnippetTests
{
    private static IEnumerable<string> Pages =>
        Directory.GetFiles(Path.Combine(Repository.Root, "src", "docs"), "*.md")
            .Append(Path.Combine(Repository.Root, "README.md"))
            .Select(page => Path.GetRelativePath(Repository.Root, page))
            .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Pages))]
    public void A_page_shows_only_code_that_is_run(string page)
    {
        var snippets = Snippets();

        foreach (var block in Blocks(page))
        {
            snippets.Should().ContainValue(block, "each piece of code must be a marked part of a file that is run");
        }
    }

    [Test]
    public void Every_marked_part_is_shown_on_a_page()
    {
        var blocks = Pages.SelectMany(Blocks).ToHashSet();

        Snippets().Where(s => !blocks.Contains(s.Value)).Select(s => s.Key).Should().BeEmpty();
    }

    [TestCaseSource(nameof(Pages))]
    public void A_link_to_a_file_leads_to_one(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;

        var broken = Link().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
            .Select(link => link.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(folder, target)));

        broken.Should().BeEmpty();
    }

    [Test]
    public void The_first_page_shows_the_states_of_the_table() =>
        File.ReadAllText(Path.Combine(Repository.Root, "README.md")).Should().Contain($"```mermaid\n{ExecutionStateMachine.ToMermaid(ExecutionKind.Workflow)}```");

    private static IEnumerable<string> Blocks(string page) =>
        Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n"))
            .Select(block => block.Groups[1].Value)
            .Where(block => !block.Contains("\n# run ", StringComparison.Ordinal));

    private static Dictionary<string, string> Snippets()
    {
        var snippets = new Dictionary<string, string>();
        var tests = Path.Combine(Repository.Root, "tests", "Mistral.Executions.Samples.Tests", "Documentation");
        var sources = new[] { tests, Path.Combine(Repository.Root, "samples", "Quickstart"), Path.Combine(Repository.Root, "samples", "Telemetry") };
        foreach (var source in sources.SelectMany(folder => Directory.GetFiles(folder, "*.cs")).Where(s => Path.GetFileName(s) != "SnippetTests.cs"))
        {
            foreach (Match marked in Marked().Matches(File.ReadAllText(source).ReplaceLineEndings("\n")))
            {
                snippets.Add(marked.Groups["name"].Value, Unindent(marked.Groups["code"].Value, marked.Groups["indent"].Length));
            }
        }

        foreach (var file in Directory.GetFiles(tests, "*.yaml"))
        {
            snippets.Add(Path.GetFileName(file), File.ReadAllText(file).ReplaceLineEndings("\n"));
        }

        return snippets;
    }

    private static string Unindent(string code, int by) => string.Concat(code.Split('\n')[..^1].Select(line => (line.Length > by ? line[by..] : "") + "\n"));

    [GeneratedRegex("^```(?:csharp|yaml)\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("^(?<indent> *)// snippet: (?<name>.+?)\n(?<code>.*?)^ *// end$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Marked();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
