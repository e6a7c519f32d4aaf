using System.Diagnostics;
using System.Globalization;

namespace Mistral.Executions.Benchmarks.Measuring;

/// <summary>Resident memory of this process.</summary>
internal static class Memory
{
    private const string Status = "/proc/self/status";
    private const string ClearReferences = "/proc/self/clear_refs";

    /// <summary>What is resident now.</summary>
    public static double ResidentMegabytes => Read("VmRSS:", static p => p.WorkingSet64);

    /// <summary>The peak since it was last reset; since the process started where it cannot be reset.</summary>
    public static double PeakMegabytes => Read("VmHWM:", static p => p.PeakWorkingSet64);

    /// <summary>What is reachable, after everything else was collected.</summary>
    public static double ReachableMegabytes
    {
        get
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return GC.GetTotalMemory(forceFullCollection: true) / 1e6;
        }
    }

    public static void ResetPeak()
    {
        GC.Collect();
        if (File.Exists(ClearReferences))
        {
            File.WriteAllText(ClearReferences, "5");
        }
    }

    private static double Read(string name, Func<Process, long> otherwise)
    {
        if (File.Exists(Status))
        {
            var line = File.ReadLines(Status).First(l => l.StartsWith(name, StringComparison.Ordinal));
            return long.Parse(line.AsSpan(6, line.Length - 8), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) / 1000.0;
        }

        using var process = Process.GetCurrentProcess();
        return otherwise(process) / 1e6;
    }
}
