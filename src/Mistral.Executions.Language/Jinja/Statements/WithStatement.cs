namespace Mistral.Executions.Language.Jinja;

internal sealed class WithStatement(KeyValuePair<JinjaTarget, JinjaNode>[] variables, JinjaStatement body) : JinjaStatement
{
    internal override void Render(JinjaScope scope, JinjaOutput output)
    {
        var inner = scope.Inner();
        foreach (var (target, value) in variables)
        {
            target.Assign(inner, value.Evaluate(scope));
        }

        body.Render(inner, output);
    }
}
