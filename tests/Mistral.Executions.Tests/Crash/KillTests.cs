using System.Diagnostics;

namespace Mistral.Executions.Tests.Crash;

/// <summary>Real processes that are killed. The program does far more of it by hand.</summary>
public sealed class KillTests
{
    [TestCase("kill", "--kills", "5", "--seed", "101", "--workflows", "150")]
    [TestCase("kill", "--kills", "3", "--seed", "102", "--workflows", "80", "--two-hosts")]
    [Platform(Include = "Linux")]
    [CancelAfter(120_000)]
    public async Task No_promise_is_broken_when_hosts_are_killed(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Mistral.Executions.Crash.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true })!;

        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(0, "the harness said {0}", output);
        output.TrimEnd().Should().EndWith(" 0 broken");
    }
}
