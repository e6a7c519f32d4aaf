namespace Mistral.Executions;

/// <summary>A parameter of a workflow or an ad-hoc action.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">The value when the caller gives none; <see langword="null"/> when the caller must give one.</param>
public sealed record InputParameter(string Name, JsonData? Default = null)
{
    /// <summary>Whether its value is kept out of logs, traces, state infos and the texts of exceptions.</summary>
    public bool IsSecret { get; init; }

    private bool PrintMembers(System.Text.StringBuilder builder) =>
        builder.Append("Name = ").Append(Name).Append(", IsSecret = ").Append(IsSecret).Length > 0;
}
