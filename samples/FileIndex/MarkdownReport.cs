using System.Globalization;
using System.Text;

namespace FileIndex;

/// <summary>Writes the report. It says nothing of when or how often the program ran, so the same files give the same bytes.</summary>
internal static class MarkdownReport
{
    public static byte[] Render(string folder, IReadOnlyList<IndexedFile> files)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Text files of {Escape(Path.GetFileName(folder))}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{files.Count:N0} files, {files.Sum(f => f.Count.Lines):N0} lines, {files.Sum(f => f.Count.Words):N0} words, {files.Sum(f => f.Count.Bytes):N0} bytes.\n\n");

        text.Append("## By kind\n\n| kind | files | lines | words |\n| --- | ---: | ---: | ---: |\n");
        foreach (var kind in files.GroupBy(f => Path.GetExtension(f.Path)).OrderByDescending(k => k.Count()).ThenBy(k => k.Key, StringComparer.Ordinal))
        {
            var name = kind.Key.Length == 0 ? "(none)" : kind.Key;
            text.Append(CultureInfo.InvariantCulture, $"| {Escape(name)} | {kind.Count():N0} | {kind.Sum(f => f.Count.Lines):N0} | {kind.Sum(f => f.Count.Words):N0} |\n");
        }

        text.Append("\n## Files\n\n| file | lines | words | SHA-256 |\n| --- | ---: | ---: | --- |\n");
        foreach (var file in files)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Escape(file.Path)} | {file.Count.Lines:N0} | {file.Count.Words:N0} | `{file.Sha256}` |\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
