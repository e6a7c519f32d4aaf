namespace Mistral.Executions.Language.Values;

/// <summary>What Python would raise: the kind of its exception and the reason, for whoever reads the error.</summary>
internal sealed class PythonErrorException(string kind, string message) : Exception(message)
{
    /// <summary>The name of Python's exception class, as <c>TypeError</c>.</summary>
    internal string Kind { get; } = kind;

    internal static PythonErrorException Type(string message) => new("TypeError", message);

    internal static PythonErrorException Value(string message) => new("ValueError", message);

    internal static PythonErrorException Key(string message) => new("KeyError", message);

    internal static PythonErrorException Index(string message) => new("IndexError", message);

    internal static PythonErrorException Overflow(string message) => new("OverflowError", message);

    internal static PythonErrorException ZeroDivision(string message) => new("ZeroDivisionError", message);
}
