namespace Mistral.Executions.Language.Values;

/// <summary>A value that has no form of its own in the other types: compared by identity unless it says otherwise.</summary>
internal abstract class PythonObject
{
    /// <summary>The name of its Python type, for messages.</summary>
    internal abstract string TypeName { get; }

    internal virtual bool IsTrue => true;

    /// <summary>The text that the value is, where its type is one of Python's kinds of <c>str</c>; null otherwise.</summary>
    internal virtual string? OwnText => null;

    internal virtual string Represent(EvaluationBudget budget) => $"<{TypeName} object>";

    internal virtual string ToText(EvaluationBudget budget) => Represent(budget);

    internal virtual bool IsEqualTo(object? other, EvaluationBudget budget) => ReferenceEquals(this, other);

    internal virtual JsonData ToJson(EvaluationBudget budget) =>
        throw PythonErrorException.Value($"a value of type {TypeName} has no JSON form");

    internal virtual int Hash(EvaluationBudget budget) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
