namespace Mistral.Executions.Language.Jinja;

/// <summary><c>{{ value }}</c> inside a text.</summary>
internal sealed class OutputStatement(JinjaNode value) : JinjaStatement
{
    internal override void Render(JinjaScope scope, JinjaOutput output)
    {
        scope.Budget.Step();
        var result = value.Evaluate(scope);
        output.Write(scope.EscapesHtml ? JinjaMarkup.Escape(result, scope.Budget).Text : JinjaText.Of(result, scope.Budget));
    }
}
