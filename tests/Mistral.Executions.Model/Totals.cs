using System.Globalization;

namespace Mistral.Executions.Model;

/// <summary>How far each family has come, in a file: a run that is cut goes on from there.</summary>
internal sealed class Totals
{
    private readonly string _file;
    private readonly Dictionary<string, (long Next, long Sequences)> _families = new(StringComparer.Ordinal);

    public Totals(string file)
    {
        _file = file;
        foreach (var fields in File.Exists(file) ? File.ReadAllLines(file).Select(l => l.Split(' ')) : [])
        {
            _families[fields[0]] = (long.Parse(fields[1], CultureInfo.InvariantCulture), long.Parse(fields[2], CultureInfo.InvariantCulture));
        }
    }

    public long Sequences => _families.Values.Sum(f => f.Sequences);

    public long NextOf(string family) => _families.GetValueOrDefault(family).Next;

    public void Add(string family, long numbers, long sequences)
    {
        var (next, before) = _families.GetValueOrDefault(family);
        _families[family] = (next + numbers, before + sequences);
        File.WriteAllLines($"{_file}.new", _families.Select(f => $"{f.Key} {f.Value.Next} {f.Value.Sequences}"));
        File.Move($"{_file}.new", _file, overwrite: true);
    }

    public override string ToString() =>
        string.Join('\n', _families.Select(f => $"{f.Key}: {f.Value.Next} numbers, {f.Value.Sequences} sequences")) + $"\n{Sequences} sequences in all";
}
