namespace Mistral.Executions.Language.Jinja;

/// <summary>Statements one after the other.</summary>
internal sealed class SequenceStatement : JinjaStatement
{
    private readonly JinjaStatement[] _parts;

    private SequenceStatement(JinjaStatement[] parts) => _parts = parts;

    internal override bool IsBlank => Array.TrueForAll(_parts, static p => p.IsBlank);

    internal static JinjaStatement Of(List<JinjaStatement> parts) => parts.Count == 1 ? parts[0] : new SequenceStatement([.. parts]);

    internal override void Render(JinjaScope scope, JinjaOutput output)
    {
        foreach (var part in _parts)
        {
            part.Render(scope, output);
        }
    }
}
