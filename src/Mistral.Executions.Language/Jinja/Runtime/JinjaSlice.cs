using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Python's <c>slice</c>: what stands between brackets with a colon.</summary>
internal sealed class JinjaSlice(object? start, object? stop, object? step) : PythonObject
{
    internal override string TypeName => "slice";

    internal override string Represent(EvaluationBudget budget) =>
        $"slice({PythonOperations.Represent(start, budget)}, {PythonOperations.Represent(stop, budget)}, {PythonOperations.Represent(step, budget)})";

    internal override int Hash(EvaluationBudget budget) => throw PythonErrorException.Type("unhashable type: 'slice'");

    /// <summary>The part of a value.</summary>
    internal object Of(object? value, EvaluationBudget budget)
    {
        RequireIndex(start);
        RequireIndex(stop);
        RequireIndex(step);
        switch (value)
        {
            case JinjaMarkup markup:
                return new JinjaMarkup((string)PythonOperations.Slice(markup.Text, start, stop, step, budget));
            case JinjaRange range:
                var places = (PythonList)PythonOperations.Slice(
                    PythonOperations.Collect(range.GetIterator(), isTuple: false, budget), start, stop, step, budget);
                var stride = range.Step * (step is null ? 1 : PythonOperations.ToIndex(step));
                var first = places.Count == 0 ? 0 : (long)places[0]!;
                return JinjaRange.Create(first, first + (places.Count * stride), stride, budget);
            default:
                return PythonOperations.Slice(value, start, stop, step, budget);
        }
    }

    private static void RequireIndex(object? part)
    {
        if (part is not null && !PythonOperations.IsInteger(part))
        {
            throw PythonErrorException.Type("slice indices must be integers or None");
        }
    }
}
