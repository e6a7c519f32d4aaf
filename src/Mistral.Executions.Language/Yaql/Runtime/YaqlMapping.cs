using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>The value of <c>a => b</c> where it names no argument: an entry of a dict that is being made.</summary>
internal sealed class YaqlMapping(object? source, object? destination) : PythonObject
{
    internal object? Source => source;

    internal object? Destination => destination;

    internal override string TypeName => "MappingRule";
}
