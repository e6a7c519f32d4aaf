using System.Diagnostics;

namespace Mistral.Executions.Samples.Tests;

/// <summary>A sample that runs in a process of its own.</summary>
internal sealed class SampleProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private SampleProcess(Process process) => _process = process;

    public static SampleProcess Start(string sample, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Sample(sample), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new(Process.Start(start)!);
    }

    public static async Task<(int ExitCode, string Output)> RunAsync(string sample, string folder, params string[] arguments)
    {
        using var process = Start(sample, folder, arguments);
        var error = process._process.StandardError.ReadToEndAsync();
        var output = await process.ReadToEndAsync();
        await process._process.WaitForExitAsync();
        return (process._process.ExitCode, output + await error);
    }

    /// <summary>Reads until a line has the text.</summary>
    public async Task WaitForAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new AssertionException($"It never said '{text}', but:\n{string.Join('\n', _lines)}\n{await _process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Ends the process as a power cut does for it: it gets no chance to do anything more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<string> ReadToEndAsync() => string.Join('\n', _lines) + await _process.StandardOutput.ReadToEndAsync();
}
