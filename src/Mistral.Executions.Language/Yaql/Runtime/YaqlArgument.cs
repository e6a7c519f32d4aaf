using Mistral.Executions.Language.Yaql.Syntax;

namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>What stands at one place of a call: an expression, a place that was left out, or a value that is there already.</summary>
internal sealed class YaqlArgument
{
    private YaqlArgument(YaqlNode? node, bool isLeftOut) => (Node, IsLeftOut) = (node, isLeftOut);

    /// <summary>A value that is there already.</summary>
    internal static YaqlArgument Value { get; } = new(null, isLeftOut: false);

    internal static YaqlArgument LeftOut { get; } = new(null, isLeftOut: true);

    internal YaqlNode? Node { get; }

    internal bool IsLeftOut { get; }

    /// <summary>Whether the value is not known before the call: parameters are matched by it later.</summary>
    internal bool IsOpen => Node is not null and not YaqlConstantNode;

    internal static YaqlArgument Of(YaqlNode? node) => node is null ? LeftOut : new(node, isLeftOut: false);

    internal static YaqlArgument[] Of(YaqlNode?[] nodes) => Array.ConvertAll(nodes, Of);

    internal static YaqlArgument[] Values(int count)
    {
        var arguments = new YaqlArgument[count];
        Array.Fill(arguments, Value);
        return arguments;
    }
}
