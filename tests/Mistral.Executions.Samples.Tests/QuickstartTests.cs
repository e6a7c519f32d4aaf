namespace Mistral.Executions.Samples.Tests;

public sealed class QuickstartTests : TemporaryFolder
{
    [Test]
    public async Task Killed_while_it_sends_the_parcel_it_goes_on_and_does_not_charge_again()
    {
        using (var killed = SampleProcess.Start("Quickstart", Folder))
        {
            await killed.WaitForAsync("Sending A-17");
            await killed.KillAsync();
        }

        var (exitCode, output) = await SampleProcess.RunAsync("Quickstart", Folder);

        exitCode.Should().Be(0);
        output.Should().Contain("order-A-17 is there already").And.Contain("Sending A-17").And.Contain("Done: R-A-17, P-A-17.");
        output.Should().NotContain("Charging");
    }
}
