namespace Mistral.Executions.Language.Values;

/// <summary>A lazy sequence that is walked once (a generator, or what <c>map</c> and its like give). Every item is a step of the budget.</summary>
internal abstract class PythonIterator(EvaluationBudget budget) : PythonIterable
{
    private const int ItemsOfItsSize = 64;

    internal override string TypeName => "generator";

    protected EvaluationBudget Budget { get; } = budget;

    internal override PythonIterator GetIterator() => this;

    /// <summary>Gives the next item, if there is one.</summary>
    internal bool TryNext(out object? item)
    {
        Budget.Step();
        EvaluationBudget.EnsureStack();
        return Advance(out item);
    }

    internal static PythonIterator From(IEnumerable<object?> items, EvaluationBudget budget, string typeName = "generator")
    {
        // It keeps all that it is made of until it is walked, and iterators over iterators can be made without walking any.
        budget.AllocateList(ItemsOfItsSize);
        return new Enumerated(items.GetEnumerator(), budget, typeName);
    }

    protected abstract bool Advance(out object? item);

    private sealed class Enumerated(IEnumerator<object?> items, EvaluationBudget budget, string typeName) : PythonIterator(budget)
    {
        internal override string TypeName => typeName;

        protected override bool Advance(out object? item)
        {
            if (items.MoveNext())
            {
                item = items.Current;
                return true;
            }

            item = null;
            return false;
        }
    }
}
