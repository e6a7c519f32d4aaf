namespace Mistral.Executions.Decisions;

/// <summary>Values by id, in the order in which they came. A decision has few of them, which are looked through; many are indexed.</summary>
internal sealed class ValuesById<T>(int expected)
{
    private const int Few = 8;

    private (string Id, T Value)[] _values = new (string, T)[expected];
    private Dictionary<string, int>? _places;

    public int Count { get; private set; }

    public (string Id, T Value) this[int place] => _values[place];

    /// <summary>The place of an id; -1 when it has none.</summary>
    public int PlaceOf(string id)
    {
        if (_places is not null)
        {
            return _places.TryGetValue(id, out var place) ? place : -1;
        }

        for (var place = 0; place < Count; place++)
        {
            if (string.Equals(_values[place].Id, id, StringComparison.Ordinal))
            {
                return place;
            }
        }

        return -1;
    }

    public T? Find(string id) => PlaceOf(id) is var place and >= 0 ? _values[place].Value : default;

    /// <summary>Gives an id a value, at its place when it has one.</summary>
    public void Set(string id, T value)
    {
        if (PlaceOf(id) is var place and >= 0)
        {
            _values[place] = (id, value);
            return;
        }

        if (Count == _values.Length)
        {
            Array.Resize(ref _values, Count * 2);
        }

        _places?.Add(id, Count);
        _values[Count++] = (id, value);
        if (_places is null && Count > Few)
        {
            _places = new(StringComparer.Ordinal);
            for (var indexed = 0; indexed < Count; indexed++)
            {
                _places.Add(_values[indexed].Id, indexed);
            }
        }
    }
}
