using System.Globalization;
using System.Text.Json;

namespace Mistral.Executions.Benchmarks.Measuring;

/// <summary>Writes results as a table, or as one JSON object a line.</summary>
internal sealed class ResultWriter(TextWriter output, bool json)
{
    private static readonly (string Title, int Width)[] Columns =
    [
        ("name", -11), ("variant", -30), ("value", 11), ("unit", -14), ("spread", 7), ("limit", 11), ("ratio", 6),
        ("cpu µs", 8), ("bytes", 9), ("commits", 8), ("peak MB", 8), ("disk MB", 8),
    ];

    public void Begin(BenchmarkOptions options)
    {
        if (json)
        {
            return;
        }

        output.WriteLine($"synchronous {options.Synchronous}, {(options.IsSmall ? "small" : "full")} scale, median of {options.Runs} runs, {Environment.ProcessorCount} cores; cpu, bytes and commits are those of one step");
        WriteRow(Columns.Select(c => c.Title));
    }

    public void Write(Result result)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                name = result.Name,
                variant = result.Variant,
                value = Rounded(result.Value),
                unit = result.Unit,
                limit = Rounded(result.Limit),
                ratio = Rounded(result.Ratio),
                cpu_us_per_step = Rounded(result.ProcessorMicrosecondsPerStep),
                bytes_per_step = Rounded(result.BytesPerStep),
                peak_rss_mb = Rounded(result.PeakMegabytes),
                commits_per_step = Rounded(result.CommitsPerStep),
                spread = Rounded(result.Spread),
                bytes_on_disk = result.BytesOnDisk,
            }));
        }
        else
        {
            WriteRow(
            [
                result.Name, result.Variant, Text(result.Value), result.Unit, Text(result.Spread, "P0"), Text(result.Limit), Text(result.Ratio, "0.00"),
                Text(result.ProcessorMicrosecondsPerStep), Text(result.BytesPerStep, "#,0"), Text(result.CommitsPerStep, "0.000"),
                Text(result.PeakMegabytes, "#,0"), Text(result.BytesOnDisk / 1e6, "#,0.0"),
            ]);
        }

        output.Flush();
    }

    private static double? Rounded(double? value) => value is { } number ? double.Parse(number.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;

    private static string Text(double? value, string? format = null) =>
        value is { } number ? number.ToString(format ?? (Math.Abs(number) >= 1000 ? "#,0" : "0.##"), CultureInfo.InvariantCulture) : "";

    private void WriteRow(IEnumerable<string> cells) => output.WriteLine(string.Join("  ", cells.Zip(Columns, (cell, column) =>
        column.Width < 0 ? cell.PadRight(-column.Width) : cell.PadLeft(column.Width))).TrimEnd());
}
