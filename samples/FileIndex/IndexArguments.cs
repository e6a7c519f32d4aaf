using System.Security.Cryptography;
using System.Text;

namespace FileIndex;

/// <summary>What the command line says.</summary>
internal sealed record IndexArguments(string Folder, string Database, string Report, string? Trace)
{
    public const string Usage = "Usage: FileIndex [folder] [--database FILE] [--output FILE] [--trace FILE]";

    /// <summary>The same arguments always mean the same execution: starting it again goes on with it.</summary>
    public string ExecutionId { get; } =
        "file-index-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Folder}\n{Report}")))[..16];

    /// <summary>The files that the program writes.</summary>
    public IReadOnlyList<string> OwnFiles =>
        [Database, Database + "-wal", Database + "-shm", Report, Report + ".new", .. Trace is null ? Array.Empty<string>() : [Trace]];

    /// <exception cref="ArgumentException">The arguments cannot be used; the message says why.</exception>
    public static IndexArguments Parse(IReadOnlyList<string> arguments)
    {
        string? folder = null, database = null, report = null, trace = null;
        for (var place = 0; place < arguments.Count; place++)
        {
            switch (arguments[place])
            {
                case "--database":
                    database = ValueAfter(ref place);
                    break;
                case "--output":
                    report = ValueAfter(ref place);
                    break;
                case "--trace":
                    trace = ValueAfter(ref place);
                    break;
                case var option when option.StartsWith('-'):
                    throw new ArgumentException($"There is no option '{option}'.");
                case var path when folder is null:
                    folder = path;
                    break;
                default:
                    throw new ArgumentException($"There is one folder, but '{arguments[place]}' is another one.");
            }
        }

        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder ?? Repository()));
        if (!Directory.Exists(folder))
        {
            throw new ArgumentException($"There is no folder '{folder}'.");
        }

        return new(
            folder,
            Path.GetFullPath(database ?? "artifacts/file-index/index.db"),
            Path.GetFullPath(report ?? "artifacts/file-index/report.md"),
            trace is null ? null : Path.GetFullPath(trace));

        string ValueAfter(ref int place) =>
            ++place < arguments.Count ? arguments[place] : throw new ArgumentException($"'{arguments[place - 1]}' needs a file.");
    }

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mistral.Executions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new ArgumentException("Say which folder: this is not called inside of the repository.");
    }
}
