using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>What a template has written.</summary>
internal sealed class JinjaOutput(EvaluationBudget budget)
{
    private readonly StringBuilder _text = new();

    internal void Write(string text)
    {
        budget.Allocate(text.Length);
        _text.Append(text);
    }

    public override string ToString() => _text.ToString();
}
