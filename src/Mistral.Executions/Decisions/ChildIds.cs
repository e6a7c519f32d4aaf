using System.Collections;
using System.Collections.Immutable;

namespace Mistral.Executions.Decisions;

/// <summary>The ids of the children of a task, in order, as an immutable value. Most tasks have one, which is kept as it is.</summary>
internal readonly struct ChildIds : IEquatable<ChildIds>, IEnumerable<string>
{
    // One id, or a set of several, or null when there is none.
    private readonly object? _ids;

    private ChildIds(object? ids) => _ids = ids;

    public bool IsEmpty => _ids is null;

    /// <summary>The only one; <see langword="null"/> when there are none or several.</summary>
    public string? Only => _ids as string;

    public bool Contains(string id) => _ids is string only ? only == id : _ids is ImmutableSortedSet<string> several && several.Contains(id);

    public ChildIds With(string id) => _ids switch
    {
        null => new(id),
        string only => only == id ? this : new(ImmutableSortedSet.Create(StringComparer.Ordinal, only, id)),
        _ => new(((ImmutableSortedSet<string>)_ids).Add(id)),
    };

    public ChildIds Without(string id)
    {
        if (_ids is ImmutableSortedSet<string> several)
        {
            var left = several.Remove(id);
            return new(left.Count == 1 ? left[0] : left);
        }

        return Only == id ? default : this;
    }

    public IEnumerator<string> GetEnumerator() =>
        (_ids is string only ? [only] : (IEnumerable<string>?)_ids ?? []).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(ChildIds other) => ReferenceEquals(_ids, other._ids);

    public override bool Equals(object? obj) => obj is ChildIds other && Equals(other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(_ids);
}
