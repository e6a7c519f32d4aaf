using System.Text;

namespace Mistral.Executions;

/// <summary>A parameter of a workflow or an ad-hoc action.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">The value when the caller gives none; <see langword="null"/> when the caller must give one.</param>
public sealed record InputParameter(string Name, JsonData? Default = null)
{
    /// <summary>Whether its value is kept out of logs, traces, state infos and the texts of exceptions.</summary>
    public bool IsSecret { get; init; }

    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Name = {Name}, IsSecret = {IsSecret}");
        return true;
    }
}
