using System.IO.Enumeration;

namespace FileIndex;

/// <summary>Finds the text files of a folder: no hidden ones, no build output, and none that this program writes itself.</summary>
internal sealed class FileListing(IReadOnlyCollection<string> ownFiles)
{
    private const int FilesInGroup = 20;

    // As Git does it: a file with a zero byte near its beginning is no text.
    private const int BytesToLookAt = 8000;

    private static readonly string[] SkippedFolders = ["artifacts", "bin", "node_modules", "obj", "TestResults"];

    private static readonly EnumerationOptions Options = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    public IReadOnlyList<IReadOnlyList<string>> Groups(string folder, CancellationToken cancellationToken)
    {
        var files = new FileSystemEnumerable<string>(folder, (ref entry) => entry.ToFullPath(), Options)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref entry) => !SkippedFolders.Contains(entry.FileName.ToString()),
        };
        var texts = new List<string>();
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!ownFiles.Contains(file) && IsText(file))
            {
                texts.Add(Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'));
            }
        }

        return [.. texts.Order(StringComparer.Ordinal).Chunk(FilesInGroup)];
    }

    private static bool IsText(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> beginning = stackalloc byte[BytesToLookAt];
            return !beginning[..file.ReadAtLeast(beginning, BytesToLookAt, throwOnEndOfStream: false)].Contains((byte)0);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            // What cannot be read is not indexed.
            return false;
        }
    }
}
