using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Inline;

/// <summary>A list with expressions among its elements or inside them.</summary>
internal sealed class InlineList : IInlineExpression
{
    private readonly JsonList _source;
    private readonly IInlineExpression?[] _elements;

    private InlineList(JsonList source, IInlineExpression?[] elements) => (_source, _elements) = (source, elements);

    /// <inheritdoc/>
    public string Text => _source.ToString();

    /// <summary>The expression; null when all elements are constant.</summary>
    internal static InlineList? TryCompile(JsonList source)
    {
        var elements = source.Select(InlineExpression.TryCompile).ToArray();
        return Array.TrueForAll(elements, static e => e is null) ? null : new(source, elements);
    }

    /// <inheritdoc/>
    public JsonData Evaluate(IExpressionContext context)
    {
        var values = new JsonData[_elements.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _elements[i]?.Evaluate(context) ?? _source[i];
        }

        return JsonList.FromArray(values);
    }

    /// <inheritdoc/>
    public object? EvaluateOver(JsonData data, IExpressionContext context, EvaluationLimits limits)
    {
        var values = new object?[_elements.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _elements[i] is { } element
                ? element.EvaluateOver(data, context, limits)
                : PythonOperations.ToValue(_source[i], isFrozen: false);
        }

        return new PythonList(values, isTuple: false);
    }
}
