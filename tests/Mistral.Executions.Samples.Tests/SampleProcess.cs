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
            RedirectStandardInput = true,
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

    /// <summary>Says these lines to the sample, and nothing more, and waits for its end.</summary>
    public static async Task<(int ExitCode, string Output)> SayAsync(string sample, string folder, params string[] lines)
    {
        using var process = Start(sample, folder);
        foreach (var line in lines)
        {
            await process._process.StandardInput.WriteLineAsync(line);
        }

        process._process.StandardInput.Close();
        var output = await process.ReadToEndAsync();
        await process._process.WaitForExitAsync();
        return (process._process.ExitCode, output);
    }

    /// <summary>Reads until a line has the text, and gives that line.</summary>
    public async Task<string> WaitForAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
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
