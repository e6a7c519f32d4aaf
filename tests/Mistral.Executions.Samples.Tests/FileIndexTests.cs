using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Mistral.Executions.Samples.Tests;

public sealed partial class FileIndexTests : TemporaryFolder
{
    private const int Files = 150;

    private string Input => Path.Combine(Folder, "input");

    private string Report => Path.Combine(Folder, "report.md");

    [SetUp]
    public void WriteFiles()
    {
        for (var number = 0; number < Files; number++)
        {
            var file = Path.Combine(Input, $"part{number % 7}", $"file{number:000}.{(number % 3 == 0 ? "md" : "txt")}");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllLines(file, Enumerable.Range(0, number + 1).Select(line => $"line {line} of file {number}"));
        }

        File.WriteAllBytes(Path.Combine(Input, "part0", "picture.bin"), [1, 2, 0, 3]);
        File.WriteAllText(Path.Combine(Input, "part0", ".hidden"), "hidden");
    }

    [Test]
    public async Task The_report_counts_and_hashes_every_text_file()
    {
        var (exitCode, output) = await RunAsync();

        exitCode.Should().Be(0, output);
        var report = await File.ReadAllTextAsync(Report);
        var lines = Files * (Files + 1) / 2;
        report.Should().Contain($"{Files} files, {lines:N0} lines, {5 * lines:N0} words");
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Input, "part3", "file010.txt"))));
        report.Should().Contain($"| part3/file010.txt | 11 | 55 | `{hash}` |");
        report.Should().NotContain("picture").And.NotContain("hidden");
    }

    [TestCase("Started")]
    [TestCase("list:")]
    [TestCase("(2 of 8 groups)")]
    [TestCase("(8 of 8 groups)")]
    public async Task Killed_and_started_again_it_gives_the_same_report_and_repeats_no_accepted_step(string moment)
    {
        await RunAsync(database: "undisturbed.db");
        var report = await File.ReadAllBytesAsync(Report);
        File.Delete(Report);

        using (var killed = SampleProcess.Start("FileIndex", Folder, Arguments("killed.db", "trace")))
        {
            await killed.WaitForAsync(moment);
            await killed.KillAsync();
        }

        var accepted = await AcceptedAsync("killed.db");
        var begunBefore = await BegunAsync();
        var (exitCode, output) = await RunAsync("killed.db", "trace");

        exitCode.Should().Be(0, output);
        (await File.ReadAllBytesAsync(Report)).Should().Equal(report);
        var begun = await BegunAsync();
        begun.Skip(begunBefore.Count).Should().NotIntersectWith(accepted).And.OnlyHaveUniqueItems();
        begun.Distinct().Should().BeEquivalentTo(await AcceptedAsync("killed.db"));
        DoneBefore(output).Should().Be(accepted.Count);
    }

    [Test]
    public async Task Started_again_after_its_end_it_does_nothing()
    {
        await RunAsync("index.db", "trace");
        var begun = await BegunAsync();

        var (exitCode, output) = await RunAsync("index.db", "trace");

        exitCode.Should().Be(0);
        output.Should().Contain($"{begun.Count} steps are done and are not repeated");
        (await BegunAsync()).Should().Equal(begun);
    }

    [Test]
    public async Task Started_a_second_time_while_the_first_runs_it_ends_with_the_report()
    {
        using var first = SampleProcess.Start("FileIndex", Folder, Arguments("index.db", "trace"));
        await first.WaitForAsync("Started");

        var (exitCode, output) = await RunAsync("index.db", "second");

        exitCode.Should().Be(0, output);
        output.Should().Contain("Going on with");
        (await File.ReadAllTextAsync(Report)).Should().Contain($"{Files} files");
    }

    [TestCase("no-such-folder", "There is no folder")]
    [TestCase("--colour", "There is no option '--colour'")]
    [TestCase("--database", "'--database' needs a file")]
    public async Task Arguments_that_cannot_be_used_are_refused_with_the_reason(string argument, string reason)
    {
        var (exitCode, output) = await SampleProcess.RunAsync("FileIndex", Folder, argument);

        exitCode.Should().Be(2);
        output.Should().Contain(reason).And.Contain("Usage:");
    }

    private string[] Arguments(string database, string trace) => [Input, "--database", database, "--output", Report, "--trace", trace];

    private Task<(int ExitCode, string Output)> RunAsync(string database = "index.db", string trace = "undisturbed") =>
        SampleProcess.RunAsync("FileIndex", Folder, Arguments(database, trace));

    /// <summary>The ids of the action executions whose bodies began, in order.</summary>
    private async Task<List<string>> BegunAsync() => [.. (await File.ReadAllLinesAsync(Path.Combine(Folder, "trace"))).Select(line => line.Split(' ')[0])];

    private async Task<List<string>> AcceptedAsync(string database)
    {
        await using var store = new SqliteExecutionStore(Path.Combine(Folder, database));
        await store.OpenAsync(default);
        var ids = new List<string>();
        for (var query = new ExecutionQuery { States = [ExecutionState.Success] }; ;)
        {
            var page = await store.QueryActionsAsync(query, default);
            ids.AddRange(page.Items.Where(a => a.Accepted).Select(a => a.Id));
            if (page.Next is null)
            {
                return ids;
            }

            query = query with { After = page.Next };
        }
    }

    private static int DoneBefore(string output) =>
        Done().Match(output) is { Success: true } done ? int.Parse(done.Groups[1].Value.Replace(",", "", StringComparison.Ordinal), null) : 0;

    [GeneratedRegex("([0-9,]+) steps are done and are not repeated")]
    private static partial Regex Done();
}
