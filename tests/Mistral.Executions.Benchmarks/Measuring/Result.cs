namespace Mistral.Executions.Benchmarks.Measuring;

/// <summary>One line of the table.</summary>
internal sealed record Result
{
    public string Name { get; init; } = "";

    public required string Variant { get; init; }

    public required double Value { get; init; }

    public required string Unit { get; init; }

    /// <summary>What the value is held against, measured in the same run.</summary>
    public double? Limit { get; init; }

    /// <summary>The value as a part of the limit.</summary>
    public double? Ratio => Limit is { } limit ? Value / limit : null;

    public double? Spread { get; init; }

    public double? ProcessorMicrosecondsPerStep { get; init; }

    public double? BytesPerStep { get; init; }

    public double? PeakMegabytes { get; init; }

    public long? BytesOnDisk { get; init; }

    public double? CommitsPerStep { get; init; }
}
