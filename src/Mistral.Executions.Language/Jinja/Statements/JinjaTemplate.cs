namespace Mistral.Executions.Language.Jinja;

/// <summary>A text with expressions and statements in it.</summary>
internal sealed class JinjaTemplate(JinjaStatement body, IReadOnlyDictionary<string, BlockNode> blocks)
{
    internal IReadOnlyDictionary<string, BlockNode> Blocks => blocks;

    internal string Render(JinjaEvaluation evaluation) => body.Render(new JinjaScope(evaluation) { Template = this });
}
