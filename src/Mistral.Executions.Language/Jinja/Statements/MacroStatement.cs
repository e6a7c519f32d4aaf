namespace Mistral.Executions.Language.Jinja;

internal sealed class MacroStatement(MacroDefinition definition) : JinjaStatement
{
    internal override void Render(JinjaScope scope, JinjaOutput output) => scope.Set(definition.Name, new Macro(definition, scope));
}
