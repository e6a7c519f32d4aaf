namespace Mistral.Executions.Language.Jinja;

/// <summary><c>set name = value</c>.</summary>
internal sealed class SetStatement(JinjaTarget target, JinjaNode value) : JinjaStatement
{
    internal override void Render(JinjaScope scope, JinjaOutput output) => target.Assign(scope, value.Evaluate(scope));
}

/// <summary><c>set name</c> up to <c>endset</c>: what the body writes, through the filters.</summary>
internal sealed class SetBlockStatement(JinjaTarget target, List<FilterNode> filters, JinjaStatement body) : JinjaStatement
{
    internal override void Render(JinjaScope scope, JinjaOutput output)
    {
        object? value = scope.Written(body.Render(scope.Inner()));
        foreach (var filter in filters)
        {
            value = filter.Apply(value, scope);
        }

        target.Assign(scope, value);
    }
}
