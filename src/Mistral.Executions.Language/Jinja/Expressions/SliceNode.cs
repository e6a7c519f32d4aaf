namespace Mistral.Executions.Language.Jinja;

/// <summary><c>start:stop:step</c> between brackets.</summary>
internal sealed class SliceNode(JinjaNode? start, JinjaNode? stop, JinjaNode? step) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope) =>
        new JinjaSlice(start?.Evaluate(scope), stop?.Evaluate(scope), step?.Evaluate(scope));
}
