using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary><c>block</c>: written where it stands, and again wherever <c>self</c> asks for it.</summary>
internal sealed class BlockNode(string name, bool isScoped, bool isRequired, JinjaStatement body) : JinjaStatement
{
    internal override void Render(JinjaScope scope, JinjaOutput output)
    {
        if (isRequired)
        {
            throw new PythonErrorException("TemplateRuntimeError", $"the block '{name}' is required and nothing gives it");
        }

        // A block does not see the variables of the loops and bodies around it unless it is scoped.
        var inner = (isScoped ? scope : scope.Root).Inner();
        inner.Set("super", JinjaUndefined.Because($"the block '{name}' has no block above it"));
        body.Render(inner, output);
    }
}
