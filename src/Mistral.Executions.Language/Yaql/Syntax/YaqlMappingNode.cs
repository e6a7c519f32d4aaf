using Mistral.Executions.Language.Yaql.Runtime;

namespace Mistral.Executions.Language.Yaql.Syntax;

/// <summary><c>a => b</c>: a named argument or a dict entry.</summary>
internal sealed class YaqlMappingNode(YaqlNode source, YaqlNode destination) : YaqlNode
{
    internal YaqlNode Source => source;

    internal YaqlNode Destination => destination;

    internal override bool KeepsScope => source.KeepsScope || destination.KeepsScope;

    internal override object? Evaluate(YaqlScope scope) => new YaqlMapping(source.Evaluate(scope), destination.Evaluate(scope));
}
