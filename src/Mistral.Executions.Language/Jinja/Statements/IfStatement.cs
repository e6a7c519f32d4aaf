using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

internal sealed class IfStatement(KeyValuePair<JinjaNode, JinjaStatement>[] branches, JinjaStatement? otherwise) : JinjaStatement
{
    internal override void Render(JinjaScope scope, JinjaOutput output)
    {
        foreach (var (test, body) in branches)
        {
            scope.Budget.Step();
            if (PythonOperations.IsTrue(test.Evaluate(scope)))
            {
                body.Render(scope, output);
                return;
            }
        }

        otherwise?.Render(scope, output);
    }
}
