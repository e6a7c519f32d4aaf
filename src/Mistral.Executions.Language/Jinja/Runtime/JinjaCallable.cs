using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>A value that can be called.</summary>
internal abstract class JinjaCallable : PythonObject
{
    internal abstract object? Call(JinjaScope scope, JinjaArguments arguments);
}
