using System.CommandLine.Parsing;
using System.Globalization;

namespace Mistral.Executions.Cli.Commands;

/// <summary>Reads durations and sizes as people write them.</summary>
internal static class Durations
{
    /// <summary>Reads <c>90s</c>, <c>15min</c>, <c>12h</c>, <c>30d</c>.</summary>
    public static TimeSpan? Read(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var number = text.TrimEnd('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'm', 'n', 's', 'w');
        TimeSpan? unit = text[number.Length..] switch
        {
            "s" => TimeSpan.FromSeconds(1),
            "m" or "min" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            "w" => TimeSpan.FromDays(7),
            _ => null,
        };
        if (unit is { } one && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count <= 1_000_000)
        {
            return one * count;
        }

        result.AddError($"'{text}' is not a duration: write 90s, 15min, 12h, 30d or 2w.");
        return null;
    }

    /// <summary>Reads <c>500MiB</c>, <c>2GiB</c>, <c>100000</c>.</summary>
    public static long? ReadBytes(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var number = text.TrimEnd('B', 'b', 'i', 'K', 'k', 'M', 'm', 'G', 'g');
        long? unit = text[number.Length..].ToUpperInvariant() switch
        {
            "" or "B" => 1,
            "K" or "KB" or "KIB" => 1024,
            "M" or "MB" or "MIB" => 1024 * 1024,
            "G" or "GB" or "GIB" => 1024 * 1024 * 1024,
            _ => null,
        };
        if (unit is { } one && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count <= 1_000_000_000)
        {
            return (long)(one * count);
        }

        result.AddError($"'{text}' is not a size: write 500MiB or 2GiB.");
        return null;
    }
}
