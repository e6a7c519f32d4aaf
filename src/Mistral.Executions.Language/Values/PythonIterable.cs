namespace Mistral.Executions.Language.Values;

/// <summary>Something that can be walked, again and again unless it is a <see cref="PythonIterator"/>.</summary>
internal abstract class PythonIterable
{
    /// <summary>The name of its Python type, for messages.</summary>
    internal abstract string TypeName { get; }

    internal abstract PythonIterator GetIterator();
}
