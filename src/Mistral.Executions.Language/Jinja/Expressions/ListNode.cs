using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

internal sealed class ListNode(JinjaNode[] items) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope) => new PythonList(EvaluateAll(items, scope), isTuple: false);

    internal static object?[] EvaluateAll(JinjaNode[] items, JinjaScope scope)
    {
        if (items.Length == 0)
        {
            return [];
        }

        scope.Budget.Allocate(items.Length);
        var values = new object?[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            values[i] = items[i].Evaluate(scope);
        }

        return values;
    }
}
