using Mistral.Executions.Language.Yaql.Runtime;

namespace Mistral.Executions.Language.Yaql.Syntax;

/// <summary>A part of a parsed expression. It is immutable but for the resolution caches of its calls, and can be evaluated by many threads.</summary>
internal abstract class YaqlNode
{
    /// <summary>Whether a value that it gives may look at the scope again later, as a lazy sequence does.</summary>
    internal virtual bool KeepsScope => false;

    internal abstract object? Evaluate(YaqlScope scope);
}
