using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Mistral.Executions.Crash;

/// <summary>A file to which several processes append lines: one write a line, so that a kill leaves whole lines.</summary>
internal sealed class LineFile(string path) : IDisposable
{
    private readonly SafeFileHandle _file = NativeMethods.OpenToAppend(path);

    /// <summary>The whole lines of a file; none when it is missing.</summary>
    public static IReadOnlyList<string> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // The file is open to append, so that the place does not count.
    public void Append(string line) => RandomAccess.Write(_file, Encoding.UTF8.GetBytes(line + "\n"), 0);

    public void Dispose() => _file.Dispose();
}
