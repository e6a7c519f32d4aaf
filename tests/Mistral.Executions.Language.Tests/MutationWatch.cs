using System.Diagnostics;

namespace Mistral.Executions.Language.Tests;

/// <summary>
/// Runs many texts, none of which may take a second or 256 MB. How many, and from which seed, can be set with the run
/// parameters <c>mutations</c> and <c>seed</c>.
/// </summary>
internal sealed class MutationWatch(int fewTexts)
{
    private const long MostBytes = 256L << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private (TimeSpan Time, string Text) _slowest = (TimeSpan.Zero, string.Empty);
    private (long Bytes, string Text) _largest = (0, string.Empty);
    private long _mostHeld;

    internal int Count { get; } = TestContext.Parameters.Get("mutations", fewTexts);

    internal int Seed { get; } = TestContext.Parameters.Get("seed", 20_260_102);

    internal T Run<T>(string text, Func<T> run)
    {
        var (result, time, bytes) = Measured(run);

        // A pause that the machine makes is no fault of the text: what is slow is so every time.
        for (var again = 0; again < 3 && time > _slowest.Time; again++)
        {
            (result, var next, bytes) = Measured(run);
            time = next < time ? next : time;
        }

        time.Should().BeLessThan(Longest, "of {0}", text);
        bytes.Should().BeLessThan(MostBytes, "of {0}", text);
        _slowest = time > _slowest.Time ? (time, text) : _slowest;
        _largest = bytes > _largest.Bytes ? (bytes, text) : _largest;
        _mostHeld = Math.Max(_mostHeld, Held());
        return result;
    }

    /// <summary>Says what the worst text was; what was held at one time must have been little, too.</summary>
    internal void Finish()
    {
        using var process = Process.GetCurrentProcess();
        TestContext.Out.WriteLine($"{Count:N0} texts, seed {Seed}, peak working set {process.PeakWorkingSet64 >> 20} MB, most held {_mostHeld >> 20} MB");
        TestContext.Out.WriteLine($"slowest {_slowest.Time.TotalMilliseconds:N1} ms: {_slowest.Text}");
        TestContext.Out.WriteLine($"largest {_largest.Bytes >> 10:N0} KB: {_largest.Text}");
        _mostHeld.Should().BeLessThan(MostBytes);
    }

    // What other tests have left is collected before it is counted.
    private static long Held()
    {
        var held = GC.GetTotalMemory(forceFullCollection: false);
        return held < MostBytes ? held : GC.GetTotalMemory(forceFullCollection: true);
    }

    private static (T Result, TimeSpan Time, long Bytes) Measured<T>(Func<T> run)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        var result = run();
        return (result, Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - bytes);
    }
}
