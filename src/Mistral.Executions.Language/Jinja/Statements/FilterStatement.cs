using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary><c>filter name</c> up to <c>endfilter</c>.</summary>
internal sealed class FilterStatement(List<FilterNode> filters, JinjaStatement body) : JinjaStatement
{
    internal override void Render(JinjaScope scope, JinjaOutput output)
    {
        var inner = scope.Inner();
        object? value = inner.Written(body.Render(inner));
        foreach (var filter in filters)
        {
            value = filter.Apply(value, inner);
        }

        output.Write(JinjaText.TryGet(value)
            ?? throw PythonErrorException.Type($"the filter of a block must give a text, not a value of type '{PythonOperations.TypeName(value)}'"));
    }
}
