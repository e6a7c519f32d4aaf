using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

internal sealed class AutoEscapeStatement(JinjaNode isOn, JinjaStatement body) : JinjaStatement
{
    internal override void Render(JinjaScope scope, JinjaOutput output) =>
        body.Render(scope.Inner(PythonOperations.IsTrue(isOn.Evaluate(scope))), output);
}
