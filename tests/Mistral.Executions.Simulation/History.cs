namespace Mistral.Executions.Simulation;

/// <summary>What happened in a run: each choice of the scheduler and each commit. Two runs of one seed have the same.</summary>
internal sealed class History(bool keepsLines)
{
    private const ulong Prime = 1099511628211;
    private ulong _hash = 14695981039346656037;

    /// <summary>A number that stands for all of it.</summary>
    public ulong Hash => _hash;

    /// <summary>All of it, when it is kept.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Whether lines are kept, and worth making.</summary>
    public bool KeepsLines => keepsLines;

    public void Choice(int place) => Mix((ulong)place);

    public void Event(string text)
    {
        foreach (var character in text)
        {
            Mix(character);
        }

        if (keepsLines)
        {
            Lines.Add(text);
        }
    }

    /// <summary>Says more, without being part of what is compared.</summary>
    public void Note(string text) => Lines.Add(text);

    private void Mix(ulong value) => _hash = (_hash ^ value) * Prime;
}
