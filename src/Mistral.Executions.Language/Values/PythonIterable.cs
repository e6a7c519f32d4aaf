namespace Mistral.Executions.Language.Values;

/// <summary>Something that can be walked, again and again unless it is a <see cref="PythonIterator"/>.</summary>
internal abstract class PythonIterable
{
    /// <summary>The name of its Python type, for messages.</summary>
    internal abstract string TypeName { get; }

    internal abstract PythonIterator GetIterator();

    /// <summary>How many items there are, where that is known without walking; null otherwise.</summary>
    internal virtual int? Length => null;

    /// <summary>The value as Python's <c>repr()</c> shows it.</summary>
    internal virtual string Represent(EvaluationBudget budget) => $"<{TypeName} object>";
}
