using System.Security.Cryptography;
using System.Text;

namespace Mistral.Executions;

/// <summary>The text of a definition, kept with each execution so that it can go on with it after the text was changed.</summary>
/// <param name="Format">Which reader understands the text.</param>
/// <param name="Text">The text: one workflow with all that it needs to be read again.</param>
internal sealed record DefinitionSource(string Format, string Text)
{
    /// <summary>The hash of a text, with the length of its format in front so that no two pairs give the same bytes.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Format.Length}:{Format}{Text}")));

    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Format = {Format}");
        return true;
    }
}
