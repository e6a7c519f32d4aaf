namespace Mistral.Executions;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>Among more names, no search is made.</summary>
    public const int MostCandidates = 1000;

    /// <summary>The end of a sentence about an unknown name: <c>; did you mean 'ship'?</c>, or a full stop when no name is near.</summary>
    public static string Suggest(string name, IReadOnlyCollection<string> candidates) =>
        Of(name, candidates) is { } near ? $"; did you mean '{near}'?" : ".";

    /// <summary>The nearest name; <see langword="null"/> when none can be reached by changing a third of the letters.</summary>
    public static string? Of(string name, IReadOnlyCollection<string> candidates)
    {
        if (candidates.Count > MostCandidates)
        {
            return null;
        }

        string? nearest = null;
        var limit = Math.Max(1, name.Length / 3);
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) <= limit && Distance(name, candidate, limit) is var distance && distance <= limit)
            {
                nearest = candidate;
                limit = distance - 1;
            }
        }

        return nearest;
    }

    /// <summary>How many letters must be changed, added, left out or swapped with the next one; anything above the limit as soon as it is reached.</summary>
    private static int Distance(string from, string to, int limit)
    {
        var beforeLast = new int[to.Length + 1];
        var last = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i;
            var least = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = char.ToUpperInvariant(from[i - 1]) == char.ToUpperInvariant(to[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }

                least = Math.Min(least, row[j]);
            }

            if (least > limit)
            {
                return least;
            }

            (beforeLast, last) = (last, row);
        }

        return last[to.Length];
    }
}
