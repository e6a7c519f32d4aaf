using System.IO.Enumeration;

namespace Mistral.Executions.Language.Yaml;

/// <summary>Finds the files that a pattern names.</summary>
internal static class FilePattern
{
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>The files, in the order of their names.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static IReadOnlyList<string> Find(string pattern)
    {
        if (!pattern.AsSpan().ContainsAny('*', '?'))
        {
            return File.Exists(pattern) ? [pattern] : throw new FileNotFoundException($"There is no file '{pattern}'{From(pattern)}.", pattern);
        }

        var segments = pattern.Split(Separators);
        var fixedCount = Array.FindIndex(segments, s => s.AsSpan().ContainsAny('*', '?'));
        var root = fixedCount == 0 ? "." : string.Join(Path.DirectorySeparatorChar, segments[..fixedCount]) + Path.DirectorySeparatorChar;
        var rest = segments[fixedCount..];
        var depth = rest.Contains("**") ? SearchOption.AllDirectories : rest.Length > 1 ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
        var files = Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*", depth).Where(f => Fits(Path.GetRelativePath(root, f).Split(Separators), rest)).Order(StringComparer.Ordinal).ToArray()
            : [];
        return files.Length > 0 ? files : throw new FileNotFoundException($"No file fits the pattern '{pattern}'{From(pattern)}.", pattern);
    }

    // A program often runs in another folder than its author thinks of.
    private static string From(string pattern) => Path.IsPathRooted(pattern) ? "" : $", looked for from '{Directory.GetCurrentDirectory()}'";

    private static bool Fits(ReadOnlySpan<string> path, ReadOnlySpan<string> pattern)
    {
        if (pattern.IsEmpty)
        {
            return path.IsEmpty;
        }

        if (pattern[0] == "**")
        {
            return Fits(path, pattern[1..]) || (!path.IsEmpty && Fits(path[1..], pattern));
        }

        return !path.IsEmpty && FileSystemName.MatchesSimpleExpression(pattern[0], path[0], ignoreCase: false) && Fits(path[1..], pattern[1..]);
    }
}
