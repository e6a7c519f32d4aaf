using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary><c>for</c>, with its condition, its <c>else</c> and, when it is recursive, its call of itself.</summary>
internal sealed class ForStatement(
    JinjaTarget target, JinjaNode items, JinjaNode? condition, bool isRecursive, JinjaStatement body, JinjaStatement? otherwise)
    : JinjaStatement
{
    internal bool IsRecursive => isRecursive;

    internal override void Render(JinjaScope scope, JinjaOutput output) => Render(items.Evaluate(scope), scope, output, depth: 0);

    internal void Render(object? values, JinjaScope scope, JinjaOutput output, int depth)
    {
        var budget = scope.Budget;
        var loop = new LoopContext(this, scope, values, Chosen(JinjaOperators.Iterate(values, budget), scope), condition is not null, depth);
        var isEmpty = true;
        while (loop.TryNext(out var item))
        {
            isEmpty = false;
            var inner = scope.Inner();
            inner.Set("loop", loop);
            target.Assign(inner, item);
            body.Render(inner, output);
        }

        if (isEmpty)
        {
            otherwise?.Render(scope.Inner(), output);
        }
    }

    private PythonIterator Chosen(PythonIterator values, JinjaScope scope) =>
        condition is null ? values : PythonIterator.From(Filter(values, condition, scope), scope.Budget);

    private IEnumerable<object?> Filter(PythonIterator values, JinjaNode test, JinjaScope scope)
    {
        while (values.TryNext(out var item))
        {
            var inner = scope.Inner();
            target.Assign(inner, item);
            if (PythonOperations.IsTrue(test.Evaluate(inner)))
            {
                yield return item;
            }
        }
    }
}
