namespace Mistral.Executions.Language.Values;

/// <summary>Equality of keys as Python has it: 1, 1.0 and True are one key. None is kept as <see cref="None"/>.</summary>
internal sealed class PythonKeyComparer(EvaluationBudget budget) : IEqualityComparer<object>
{
    /// <summary>Stands for None where .NET allows no null key.</summary>
    internal static readonly object None = new();

    public new bool Equals(object? x, object? y) =>
        x is string left && y is string right
            ? string.Equals(left, right, StringComparison.Ordinal)
            : PythonOperations.AreEqual(Unwrap(x), Unwrap(y), budget);

    public int GetHashCode(object obj)
    {
        if (obj is not string text)
        {
            return PythonOperations.Hash(Unwrap(obj), budget);
        }

        budget.Scan(text);
        return text.GetHashCode(StringComparison.Ordinal);
    }

    internal static object Wrap(object? key) => key ?? None;

    internal static object? Unwrap(object? key) => ReferenceEquals(key, None) ? null : key;
}
