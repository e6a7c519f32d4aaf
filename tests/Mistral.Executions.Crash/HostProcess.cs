using System.Diagnostics;
using System.Globalization;

namespace Mistral.Executions.Crash;

/// <summary>A host in a process of its own, with a side file of its own, so that it is known who ran a body.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    public HostProcess(string database, string sidePath, string acksPath, int seed, int workflows, string synchronous)
    {
        SidePath = sidePath;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        string[] arguments =
        [
            typeof(HostProcess).Assembly.Location, "host", "--db", database, "--side", sidePath, "--acks", acksPath,
            "--seed", seed.ToString(CultureInfo.InvariantCulture), "--workflows", workflows.ToString(CultureInfo.InvariantCulture), "--synchronous", synchronous,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public string SidePath { get; }

    /// <summary>Whether it was stopped for a time: what it had begun can go on late.</summary>
    public bool WasStopped { get; private set; }

    /// <summary>Waits for its end, but no longer than that.</summary>
    /// <returns>Whether it has ended.</returns>
    public async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        using var late = new CancellationTokenSource(time);
        try
        {
            await _process.WaitForExitAsync(late.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public bool WasKilled { get; private set; }

    public async Task KillAsync()
    {
        WasKilled = true;
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Stop()
    {
        WasStopped = true;
        NativeMethods.Signal(_process.Id, NativeMethods.Stop);
    }

    public void Continue() => NativeMethods.Signal(_process.Id, NativeMethods.Continue);

    /// <summary>Why it failed; <see langword="null"/> when it came to its end.</summary>
    public async Task<string?> FaultAsync()
    {
        var errors = await _errors;
        return _process.ExitCode == 0 ? null : $"the host ended with {_process.ExitCode}: {errors}";
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
