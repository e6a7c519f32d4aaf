namespace Mistral.Executions.Language.Jinja;

/// <summary>A part of a template that writes text or sets variables.</summary>
internal abstract class JinjaStatement
{
    /// <summary>Whether it can write nothing but white space.</summary>
    internal virtual bool IsBlank => false;

    internal abstract void Render(JinjaScope scope, JinjaOutput output);

    /// <summary>What it writes.</summary>
    internal string Render(JinjaScope scope)
    {
        var output = new JinjaOutput(scope.Budget);
        Render(scope, output);
        return output.ToString();
    }
}
