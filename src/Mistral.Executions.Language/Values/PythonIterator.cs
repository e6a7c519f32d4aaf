namespace Mistral.Executions.Language.Values;

/// <summary>A lazy sequence that is walked once (a generator, or what <c>map</c> and its like give). Every item is a step of the budget.</summary>
internal abstract class PythonIterator(EvaluationBudget budget) : PythonIterable
{
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

    internal static PythonIterator From(IEnumerable<object?> items, EvaluationBudget budget, string typeName = "generator") =>
        new Enumerated(items.GetEnumerator(), budget, typeName);

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
