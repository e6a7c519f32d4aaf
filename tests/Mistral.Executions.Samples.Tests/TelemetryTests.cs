namespace Mistral.Executions.Samples.Tests;

public sealed class TelemetryTests : TemporaryFolder
{
    [Test]
    public async Task An_exporter_gets_a_span_for_each_execution_and_the_measurements()
    {
        var (exitCode, output) = await SampleProcess.RunAsync("Telemetry", Folder);

        exitCode.Should().Be(0);
        foreach (var span in new[] { "start order", "workflow order", "task pay", "action payments.charge", "task ship", "workflow ship", "task pack", "action warehouse.pack" })
        {
            output.Should().MatchRegex($"Activity.DisplayName: +{span}\n");
        }

        output.Should().Contain("Metric Name: mistral.workflow.ended").And.Contain("Metric Name: mistral.commit.duration");
        output.Split("Activity.TraceId:").Skip(1).Select(s => s[..s.IndexOf('\n', StringComparison.Ordinal)].Trim()).Distinct().Should().ContainSingle();
    }
}
