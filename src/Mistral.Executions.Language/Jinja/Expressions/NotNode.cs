using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

internal sealed class NotNode(JinjaNode operand) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope) => PythonOperations.Box(!PythonOperations.IsTrue(operand.Evaluate(scope)));
}
