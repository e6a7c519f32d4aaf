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

    private sealed record Greeted(IReadOnlyList<string> Greetings, int Count);
}
