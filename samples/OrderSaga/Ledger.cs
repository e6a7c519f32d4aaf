using System.Text.Json;

namespace OrderSaga;

/// <summary>What was done, a line each, in a file. What has a key that is there already is not done again.</summary>
internal sealed class Ledger(string path)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = File.Exists(path) ? [.. File.ReadLines(path).Select(Read)] : [];

    public IReadOnlyList<Entry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>Enters something, once.</summary>
    /// <param name="key">The key.</param>
    /// <param name="make">Makes the entry, or throws; it sees all others.</param>
    /// <returns>The entry, or the one that has been there under this key.</returns>
    public Entry Enter(string key, Func<IReadOnlyList<Entry>, Entry> make)
    {
        lock (_gate)
        {
            if (_entries.Find(e => e.Key == key) is { } known)
            {
                return known;
            }

            var entry = make(_entries);
            File.AppendAllText(path, JsonSerializer.Serialize(entry) + "\n");
            _entries.Add(entry);
            return entry;
        }
    }

    private static Entry Read(string line) => JsonSerializer.Deserialize<Entry>(line)!;
}
