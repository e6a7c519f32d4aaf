using System.Globalization;
using Spectre.Console;

namespace Mistral.Executions.Cli.Rendering;

/// <summary>Times, durations and texts as people read them.</summary>
internal static class Wording
{
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalMilliseconds):0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} d {time.Hours} h"),
    };

    public static string Ago(DateTimeOffset time, DateTimeOffset now) => $"{Duration(now - time)} ago";

    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1024 * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024 * 1024):0.0} GiB"),
    };

    /// <summary>How long something took, or takes so far.</summary>
    public static string Took(DateTimeOffset from, DateTimeOffset? to, DateTimeOffset now) => Duration((to ?? now) - from);

    /// <summary>A text in one line, safe to be written with markup around it.</summary>
    public static string OneLine(string? text, int longest)
    {
        var line = (text ?? "").ReplaceLineEndings(" ").Trim();
        line = string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c));
        return (line.Length > longest ? line[..(longest - 1)] + "…" : line).EscapeMarkup();
    }

    /// <summary>The first line of a text, safe to be written with markup around it.</summary>
    public static string FirstLine(string? text, int longest) => OneLine((text ?? "").TrimStart().Split('\n')[0], longest);

    /// <summary>A text with its lines, safe to be written with markup around it.</summary>
    public static string Lines(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Where(l => l.Length > 0).Select(l => OneLine(l, int.MaxValue)));

    public static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count.ToString(CultureInfo.InvariantCulture)} {many}";
}
