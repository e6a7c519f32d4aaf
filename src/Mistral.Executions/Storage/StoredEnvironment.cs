using System.Text;

namespace Mistral.Executions;

/// <summary>Variables that executions can be started with by a name. See "Environment" in Mistral's documentation of its terms.</summary>
/// <param name="Name">The name.</param>
/// <param name="Variables">What expressions see as <c>env()</c>.</param>
/// <param name="Description">A text for people.</param>
/// <param name="CreatedAt">When it was first defined.</param>
/// <param name="UpdatedAt">When it was last defined.</param>
public sealed record StoredEnvironment(string Name, JsonMap Variables, string Description, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Name = {Name}");
        return true;
    }
}
