using System.Text;

namespace Mistral.Executions;

/// <summary>A definition as the store keeps it, under the hash of its content.</summary>
/// <param name="Hash">The hash.</param>
/// <param name="Name">The name of the workflow.</param>
/// <param name="Namespace">The namespace of the workflow.</param>
/// <param name="Format">Which reader understands the text; <c>structure</c> for a definition made in C#, which its host registers again.</param>
/// <param name="Text">The text.</param>
public sealed record StoredDefinition(string Hash, string Name, string Namespace, string Format, string Text)
{
    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Hash = {Hash}, Name = {Name}, Namespace = {Namespace}, Format = {Format}");
        return true;
    }
}
