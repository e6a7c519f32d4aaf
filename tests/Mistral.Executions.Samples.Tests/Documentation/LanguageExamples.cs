using Mistral.Executions.Language;

namespace Mistral.Executions.Samples.Tests.Documentation;

public sealed class LanguageExamples : TemporaryFolder
{
    [Test]
    public async Task A_workflow_of_the_Mistral_language_runs()
    {
        Directory.CreateDirectory("workflows");
        File.Copy(Path.Combine(TestContext.CurrentContext.TestDirectory, "Documentation", "greeting.yaml"), "workflows/greeting.yaml");

        // snippet: yaml
        await using var engine = await ExecutionEngine.OpenAsync("greetings.db", e => e.AddWorkflows("workflows/*.yaml"));
        var done = await engine.RunAsync<Greeted>("greeting", new { names = new[] { "Ann", "Bob" } });
        // end

        done.Greetings.Should().Equal("Hello, Ann!", "Hello, Bob!");
        done.Count.Should().Be(2);
    }

    [TestCase("1.2", ExecutionState.Success, """{"urls":["main/core-1.2","main/tools-1.2"]}""")]
    [TestCase("bad", ExecutionState.Error, """{"reason":"The build of bad failed."}""")]
    public async Task A_workflow_forks_joins_nests_and_handles_errors(string version, ExecutionState state, string output)
    {
        var failures = 1;
        await using var engine = await ExecutionEngine.OpenAsync("releases.db", e => e
            .AddWorkflows(Path.Combine(TestContext.CurrentContext.TestDirectory, "Documentation", "release.yaml"))
            .AddAction("package.build", (input, _, _) => input["version"] == "bad"
                ? throw new ActionFailedException("It does not compile.")
                : Task.FromResult<JsonData>($"{input["name"].AsString()}-{input["version"].AsString()}"))
            .AddAction("registry.upload", (input, _, _) => Interlocked.Decrement(ref failures) == 0
                ? throw new IOException("The registry is busy.")
                : Task.FromResult<JsonData>($"{input["registry"].AsString()}/{input["package"].AsString()}")));

        var ended = await (await engine.StartAsync("release", new { version })).WaitAsync();

        ended.State.Should().Be(state, ended.StateInfo);
        ended.Output.ToString().Should().Contain(output[1..^1]);
    }

    [Test]
    public void What_is_wrong_in_a_document_is_named_with_its_line()
    {
        // snippet: yaml refused
        var read = () => MistralLanguage.Read("""
            version: '2.0'
            order:
              tasks:
                charge:
                  on-success: shipp
            """);

        read.Should().Throw<DefinitionException>().Which.Faults[0].ToString().Should().Contain("shipp").And.Contain("5");
        // end
    }

    private sealed record Greeted(IReadOnlyList<string> Greetings, int Count);
}
