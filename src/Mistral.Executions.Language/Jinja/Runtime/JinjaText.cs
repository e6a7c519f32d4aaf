using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Values as text.</summary>
internal static class JinjaText
{
    /// <summary>Python's <c>str()</c>.</summary>
    /// <exception cref="PythonErrorException">The value is undefined.</exception>
    internal static string Of(object? value, EvaluationBudget budget) =>
        value as string ?? PythonOperations.ToText(value, budget);

    /// <summary>The text of a text or of markup; null for other values.</summary>
    internal static string? TryGet(object? value) => value as string ?? (value as JinjaMarkup)?.Text;

    /// <summary>Markup as the text that it is; every other value as it is.</summary>
    internal static object? Plain(object? value) => value is JinjaMarkup markup ? markup.Text : value;

    /// <summary>The value with the markup in it, however deep, as texts.</summary>
    internal static object? PlainAll(object? value, EvaluationBudget budget)
    {
        EvaluationBudget.EnsureStack();
        switch (value)
        {
            case PythonList { IsView: false } list:
                budget.Allocate(list.Count);
                return new PythonList(Array.ConvertAll(list.ToArray(), item => PlainAll(item, budget)), list.IsTuple);
            case PythonDictionary { IsView: false } dictionary:
                var plain = new PythonDictionary(isFrozen: false, budget);
                for (var i = 0; i < dictionary.Count; i++)
                {
                    var (key, item) = dictionary.At(i);
                    plain.Set(Plain(key), PlainAll(item, budget), budget);
                }

                return plain;
            default:
                return Plain(value);
        }
    }

    /// <summary>The text as markup when the model is; as text otherwise.</summary>
    internal static object Like(object? model, string text) => model is JinjaMarkup ? new JinjaMarkup(text) : text;

    /// <summary>The argument as text.</summary>
    /// <exception cref="PythonErrorException">It is none (TypeError).</exception>
    internal static string Require(object? value) => TryGet(value) ?? throw Mismatch(value, "a text");

    /// <summary>The argument as an integer.</summary>
    /// <exception cref="PythonErrorException">It is none (TypeError).</exception>
    internal static int RequireInteger(object? value) => value switch
    {
        JinjaUndefined { IsLenient: false } undefined => throw undefined.Fault(),
        null => throw Mismatch(value, "an integer"),
        _ => PythonOperations.ToIndex(value),
    };

    internal static PythonErrorException Mismatch(object? value, string expected) => value is JinjaUndefined { IsLenient: false } undefined
        ? undefined.Fault()
        : PythonErrorException.Type($"{expected} was expected, not a value of type '{PythonOperations.TypeName(value)}'");
}
