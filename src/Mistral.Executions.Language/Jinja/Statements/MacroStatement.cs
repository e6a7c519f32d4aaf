namespace Mistral.Executions.Language.Jinja;

internal sealed class MacroStatement(string name, MacroDefinition definition) : JinjaStatement
{
    internal override void Render(JinjaScope scope, JinjaOutput output) => scope.Set(name, new Macro(definition, scope));
}
