using Mistral.Executions.Decisions;

namespace Mistral.Executions.Runtime;

/// <summary>
/// Ids for the tries at one decision: each try gets the same, so that what one asks for under a new id the next one finds.
/// </summary>
internal sealed class RepeatableIdSource(IIdSource source) : IIdSource
{
    private readonly List<string> _ids = [];
    private readonly List<double> _fractions = [];
    private int _nextId;
    private int _nextFraction;

    /// <summary>Begins another try.</summary>
    public void Rewind() => (_nextId, _nextFraction) = (0, 0);

    public string NewId(DateTimeOffset now)
    {
        if (_nextId == _ids.Count)
        {
            _ids.Add(source.NewId(now));
        }

        return _ids[_nextId++];
    }

    public double NextFraction()
    {
        if (_nextFraction == _fractions.Count)
        {
            _fractions.Add(source.NextFraction());
        }

        return _fractions[_nextFraction++];
    }
}
