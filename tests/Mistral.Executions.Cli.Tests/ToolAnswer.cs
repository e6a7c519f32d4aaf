namespace Mistral.Executions.Cli.Tests;

/// <summary>What a call of the tool gave.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Text">What a person reads.</param>
/// <param name="Output">What a program reads.</param>
internal sealed record ToolAnswer(int Code, string Text, string Output)
{
    public JsonData Json => JsonData.Parse(Output);

    public override string ToString() => $"{Code}: {Text}{Output}";
}
