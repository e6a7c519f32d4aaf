using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>A statement that wants another template: there are none.</summary>
internal sealed class RefusedStatement(string name, JinjaNode template) : JinjaStatement
{
    internal override void Render(JinjaScope scope, JinjaOutput output)
    {
        template.Evaluate(scope);
        throw PythonErrorException.Type($"'{name}' cannot be used: an expression has no other templates");
    }
}
