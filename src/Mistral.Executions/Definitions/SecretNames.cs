namespace Mistral.Executions;

/// <summary>Which names are those of secrets wherever they stand, as the host says. Immutable.</summary>
internal sealed class SecretNames
{
    private readonly string[] _patterns;

    private SecretNames(string[] patterns) => _patterns = patterns;

    public static SecretNames None { get; } = new([]);

    public bool IsEmpty => _patterns.Length == 0;

    /// <exception cref="ArgumentException">A pattern is empty, or would make every name that of a secret.</exception>
    public SecretNames With(IEnumerable<string> patterns)
    {
        var all = _patterns.Concat(patterns).ToArray();
        return Array.Exists(all, static pattern => string.IsNullOrEmpty(pattern?.Trim('*')))
            ? throw new ArgumentException("A pattern for the names of secrets has a character that is no '*'.", nameof(patterns))
            : new(all);
    }

    public bool Contains(string name)
    {
        foreach (var pattern in _patterns)
        {
            if (Fits(pattern, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var star = pattern.IndexOf('*');
        if (star < 0)
        {
            return name.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        }

        if (!name.StartsWith(pattern[..star], StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        pattern = pattern[(star + 1)..];
        name = name[star..];
        while (pattern.IndexOf('*') is var next and >= 0)
        {
            // The first place that fits leaves most for what follows.
            var place = name.IndexOf(pattern[..next], StringComparison.OrdinalIgnoreCase);
            if (place < 0)
            {
                return false;
            }

            pattern = pattern[(next + 1)..];
            name = name[(place + next)..];
        }

        return name.EndsWith(pattern, StringComparison.OrdinalIgnoreCase);
    }
}
