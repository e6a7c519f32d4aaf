namespace Mistral.Executions.Benchmarks.Measuring;

/// <summary>The runs of one variant, each of so many steps.</summary>
internal sealed class Samples(long steps)
{
    private readonly List<Sample> _samples = [];

    public double StepsPerSecond => steps / MedianOf(s => s.Elapsed.TotalSeconds);

    public double MicrosecondsPerStep => MedianOf(s => s.Elapsed.TotalMicroseconds) / steps;

    public double Milliseconds => MedianOf(s => s.Elapsed.TotalMilliseconds);

    /// <summary>How far the runs lie apart, as a part of the median.</summary>
    public double Spread => (_samples.Max(s => s.Elapsed) - _samples.Min(s => s.Elapsed)) / TimeSpan.FromMilliseconds(Milliseconds);

    public void Add(Sample sample) => _samples.Add(sample);

    /// <summary>The result with all that was measured beside the time.</summary>
    public Result Result(string variant, double value, string unit) => new()
    {
        Variant = variant,
        Value = value,
        Unit = unit,
        Spread = Spread,
        ProcessorMicrosecondsPerStep = MedianOf(s => s.Processor.TotalMicroseconds) / steps,
        BytesPerStep = MedianOf(s => s.Allocated) / steps,
        CommitsPerStep = MedianOf(s => s.Commits) / steps,
        PeakMegabytes = Memory.PeakMegabytes,
    };

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private double MedianOf(Func<Sample, double> value) => Median(_samples.Select(value));
}
