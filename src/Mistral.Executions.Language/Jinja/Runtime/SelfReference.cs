using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The variable <c>self</c>, whose attributes are the blocks of the template.</summary>
internal sealed class SelfReference(JinjaScope scope) : PythonObject, IJinjaMembers
{
    internal override string TypeName => "TemplateReference";

    internal override string Represent(EvaluationBudget budget) => "<TemplateReference None>";

    public object? Attribute(string name, JinjaScope caller)
    {
        if (scope.Template is null || !scope.Template.Blocks.TryGetValue(name, out var block))
        {
            return null;
        }

        return new BoundMethod(this, JinjaFunction.Of(name, "self", (s, _) => s.Written(block.Render(scope.Root))));
    }
}
