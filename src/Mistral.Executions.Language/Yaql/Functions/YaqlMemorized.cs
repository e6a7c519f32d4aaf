using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>An iterator that remembers what it gave, so that every walk starts at the beginning.</summary>
internal sealed class YaqlMemorized : PythonIterator
{
    private readonly PythonIterator _source;
    private readonly PythonList _seen;
    private int _place;

    internal YaqlMemorized(PythonIterator source, EvaluationBudget budget)
        : this(source, PythonList.NewList(), budget)
    {
    }

    private YaqlMemorized(PythonIterator source, PythonList seen, EvaluationBudget budget)
        : base(budget) => (_source, _seen) = (source, seen);

    internal override string TypeName => "RememberingIterator";

    internal override PythonIterator GetIterator() => new YaqlMemorized(_source, _seen, Budget);

    protected override bool Advance(out object? item)
    {
        if (_place == _seen.Count)
        {
            if (!_source.TryNext(out item))
            {
                return false;
            }

            _seen.Add(item, Budget);
            _place++;
            return true;
        }

        item = _seen[_place++];
        return true;
    }
}
