namespace Mistral.Executions.Language.Jinja;

/// <summary>Text that is written as it is.</summary>
internal sealed class DataStatement(string text) : JinjaStatement
{
    internal override bool IsBlank => string.IsNullOrWhiteSpace(text);

    internal override void Render(JinjaScope scope, JinjaOutput output) => output.Write(text);
}
