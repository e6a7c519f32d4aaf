namespace Mistral.Executions.Samples.Tests;

public sealed class YamlWorkflowTests : TemporaryFolder
{
    private static readonly string Fleet = Path.Combine(Repository.Root, "samples", "YamlWorkflow", "fleet.yaml");

    [Test]
    public async Task A_workbook_runs_with_input_from_the_command_line_and_shows_what_ran()
    {
        var (exitCode, output) = await SampleProcess.RunAsync(
            "YamlWorkflow", Folder, Fleet, "maintain", """{"servers": ["web-1", "db-1"], "broken": ["db-1"]}""", "--database", "fleet.db");

        exitCode.Should().Be(0);
        output.Should().Contain("fleet.maintain / take_snapshots: SUCCESS, 2 of 2 items").And.Contain("fleet.update / roll_back: SUCCESS");
        output.Should().Contain("""{"window":"Sunday night","snapshots":["web-1: snapshot taken","db-1: snapshot taken"],"outcomes":["updated","rolled back"]}""");
        output.Should().Contain("```mermaid\nflowchart TD\n").And.Contain("subgraph g1[\"fleet#46;update#58; 2 × SUCCESS\"]");
        File.Exists(Path.Combine(Folder, "fleet.db")).Should().BeTrue();
    }

    [Test]
    public async Task A_workflow_that_fails_is_shown_too()
    {
        var (exitCode, output) = await SampleProcess.RunAsync("YamlWorkflow", Folder, Fleet, "fleet.maintain", """{"servers": ["a"], "broken": ["a"]}""");

        exitCode.Should().Be(1);
        output.Should().Contain("fleet.maintain: ERROR: No server could be updated.").And.Contain("flowchart TD");
    }

    [TestCase("nothing", "{}", "There is no workflow 'nothing'; there are: fleet.maintain, fleet.update.")]
    [TestCase("maintain", "[", "The input is no JSON")]
    [TestCase("maintain", "[]", "The input must be a JSON object.")]
    [TestCase("maintain", "{}", "servers")]
    public async Task What_cannot_be_started_is_refused_with_its_reason(string workflow, string input, string reason)
    {
        var (exitCode, output) = await SampleProcess.RunAsync("YamlWorkflow", Folder, Fleet, workflow, input);

        exitCode.Should().Be(2);
        output.Should().Contain(reason);
    }
}
