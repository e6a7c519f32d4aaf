namespace Mistral.Executions.Crash;

/// <summary>The rounds that have been run, in a file when there is one, so that a run can be broken off and gone on with.</summary>
internal sealed class KillTotals(string? path)
{
    private readonly Dictionary<(bool TwoHosts, int Seed), KillTotal> _rounds =
        (path is null ? [] : LineFile.Read(path)).Select(KillTotal.Parse).ToDictionary(t => (t.TwoHosts, t.Seed));

    public KillTotal? Find(bool twoHosts, int seed) => _rounds.GetValueOrDefault((twoHosts, seed));

    public void Add(KillTotal total)
    {
        _rounds.Add((total.TwoHosts, total.Seed), total);
        if (path is not null)
        {
            using var file = new LineFile(path);
            file.Append(total.ToString());
        }
    }
}
