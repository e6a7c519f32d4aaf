namespace Mistral.Executions.Language.Jinja;

internal sealed class ConstantNode(object? value) : JinjaNode
{
    internal object? Value => value;

    internal override object? Evaluate(JinjaScope scope) => value;
}
