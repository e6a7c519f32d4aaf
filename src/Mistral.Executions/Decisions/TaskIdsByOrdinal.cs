using System.Collections.Immutable;

namespace Mistral.Executions.Decisions;

/// <summary>The ids of task executions by the order in which they were created, as an immutable value: few in an array, many in a tree.</summary>
internal readonly struct TaskIdsByOrdinal : IEquatable<TaskIdsByOrdinal>
{
    private const int Few = 8;

    // An array in order, a tree, or null when there is none.
    private readonly object? _ids;

    private TaskIdsByOrdinal(object? ids) => _ids = ids;

    /// <summary>The ids, in order.</summary>
    public IEnumerable<string> Values => _ids is (int Ordinal, string Id)[] few
        ? Array.ConvertAll(few, static t => t.Id)
        : ((ImmutableSortedDictionary<int, string>?)_ids)?.Values ?? [];

    public string this[int ordinal] => _ids switch
    {
        (int Ordinal, string Id)[] few when PlaceOf(few, ordinal) is >= 0 and var place => few[place].Id,
        ImmutableSortedDictionary<int, string> many => many[ordinal],
        _ => throw new KeyNotFoundException($"No task execution with the ordinal {ordinal} is at hand."),
    };

    public TaskIdsByOrdinal With(int ordinal, string id)
    {
        if (_ids is ImmutableSortedDictionary<int, string> many)
        {
            return new(many.SetItem(ordinal, id));
        }

        var few = ((int Ordinal, string Id)[]?)_ids ?? [];
        var place = PlaceOf(few, ordinal);
        if (place >= 0)
        {
            // What an ordinal stands for never changes.
            return this;
        }

        if (few.Length == Few)
        {
            return new(few.ToImmutableSortedDictionary(t => t.Ordinal, t => t.Id).Add(ordinal, id));
        }

        var next = new (int, string)[few.Length + 1];
        few.AsSpan(0, ~place).CopyTo(next);
        next[~place] = (ordinal, id);
        few.AsSpan(~place).CopyTo(next.AsSpan(~place + 1));
        return new(next);
    }

    public TaskIdsByOrdinal Without(int ordinal)
    {
        if (_ids is ImmutableSortedDictionary<int, string> many)
        {
            return new(many.Remove(ordinal));
        }

        if (_ids is not (int Ordinal, string Id)[] few || PlaceOf(few, ordinal) is not (>= 0 and var place))
        {
            return this;
        }

        if (few.Length == 1)
        {
            return default;
        }

        var next = new (int, string)[few.Length - 1];
        few.AsSpan(0, place).CopyTo(next);
        few.AsSpan(place + 1).CopyTo(next.AsSpan(place));
        return new(next);
    }

    public bool Equals(TaskIdsByOrdinal other) => ReferenceEquals(_ids, other._ids);

    public override bool Equals(object? obj) => obj is TaskIdsByOrdinal other && Equals(other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(_ids);

    /// <summary>The place of an ordinal; where it would be, with all bits turned, when it has none.</summary>
    private static int PlaceOf((int Ordinal, string Id)[] few, int ordinal)
    {
        var place = few.Length;
        while (place > 0 && few[place - 1].Ordinal > ordinal)
        {
            place--;
        }

        return place > 0 && few[place - 1].Ordinal == ordinal ? place - 1 : ~place;
    }
}
