using Mistral.Executions.Conformance.Scenarios;

namespace Mistral.Executions.Language.Tests;

/// <summary>What the real engine did to workflows, replayed: in memory, and on a file with a crash after every commit.</summary>
public sealed class ScenarioConformanceTests
{
    [TestCase("recorded")]
    [TestCase("generated")]
    public async Task Every_scenario_ends_as_it_ended_in_the_real_engine(string folder)
    {
        var path = Path.Combine(ConformanceFolder.Find("scenarios"), folder);
        using var output = new StringWriter();

        var status = await ScenarioCommand.RunAsync([path], output);

        status.Should().Be(0, output.ToString().Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }
}
