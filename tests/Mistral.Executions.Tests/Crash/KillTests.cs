using System.Diagnostics;

namespace Mistral.Executions.Tests.Crash;

/// <summary>Real processes that are killed. The program does far more of it by hand.</summary>
public sealed class KillTests
{
    [TestCase("kill", "--kills", "45", "--seed", "101")]
    [TestCase("kill", "--kills", "15", "--seed", "102", "--two-hosts", "--workflows", "120")]
    [Platform(Include = "Linux")]
    public async Task No_promise_is_broken_when_hosts_are_killed(params string[] arguments)
    {
        var (exitCode, output) = await RunAsync(arguments);

        exitCode.Should().Be(0, "the harness said {0}", output);
        output.Should().EndWith(" 0 broken");
    }

    [TestCase("commits", "--step", "6")]
    [TestCase("commits", "--step", "4", "--again")]
    [TestCase("commits", "--step", "5", "--again", "--before")]
    [Platform(Include = "Linux")]
    public async Task A_process_that_is_killed_at_a_commit_and_started_again_comes_to_the_same_end(params string[] arguments)
    {
        var (exitCode, output) = await RunAsync(arguments);

        exitCode.Should().Be(0, "the harness said {0}", output);
        output.Should().EndWith(" 0 different");
    }

    [Test]
    [Platform(Include = "Linux")]
    public async Task Rounds_that_the_totals_have_are_not_run_again()
    {
        var totals = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(totals, ["one host, seed 3000: 50 kills, 0 stops, 10 promises, 0 broken", "one host, seed 3001: 20 kills, 0 stops, 7 promises, 1 broken"]);

            var (exitCode, output) = await RunAsync("kill", "--kills", "70", "--seed", "3", "--totals", totals);

            exitCode.Should().Be(1);
            output.Should().Be("70 kills, 0 stops, 17 promises, 1 broken");
        }
        finally
        {
            File.Delete(totals);
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Mistral.Executions.Crash.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.TrimEnd());
    }
}
