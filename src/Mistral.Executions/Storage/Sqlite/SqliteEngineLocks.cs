namespace Mistral.Executions;

/// <summary>
/// A locked file beside the database for each engine of this process. The system lets go of the lock when the process
/// dies, however it dies: so whoever opens the database next need not wait until the lease of a dead engine runs out.
/// </summary>
internal sealed class SqliteEngineLocks(string databasePath) : IDisposable
{
    private const string Infix = "-engine-";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, FileStream> _held = new(StringComparer.Ordinal);

    /// <summary>Locks the file of an engine. Where no file can be made, its lease alone speaks for it.</summary>
    /// <returns>Whether this is the first time for the engine.</returns>
    public bool Hold(string engineId)
    {
        lock (_gate)
        {
            if (_held.ContainsKey(engineId) || !Guid.TryParse(engineId, out _))
            {
                return false;
            }

            if (TryLock(PathOf(engineId)) is { } file)
            {
                _held.Add(engineId, file);
            }

            return true;
        }
    }

    /// <summary>The engines whose process has died: their files are there, and nobody holds them.</summary>
    public IReadOnlyList<string> TakeDead()
    {
        var full = Path.GetFullPath(databasePath);
        var prefix = Path.GetFileName(full) + Infix;
        var dead = new List<string>();
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(full)!, prefix + "*"))
        {
            var engineId = Path.GetFileName(path)[prefix.Length..];
            if (Guid.TryParse(engineId, out _) && TryLock(path) is { } file)
            {
                dead.Add(engineId);
                file.Dispose();
            }
        }

        return dead;
    }

    public void Release(string engineId)
    {
        lock (_gate)
        {
            if (_held.Remove(engineId, out var file))
            {
                file.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var file in _held.Values)
            {
                file.Dispose();
            }

            _held.Clear();
        }
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
                BufferSize = 0,
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string PathOf(string engineId) => Path.GetFullPath(databasePath) + Infix + engineId;
}
