using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

internal sealed class TupleNode(JinjaNode[] items) : JinjaNode
{
    internal JinjaNode[] Items => items;

    internal override object? Evaluate(JinjaScope scope) => new PythonList(ListNode.EvaluateAll(items, scope), isTuple: true);
}
