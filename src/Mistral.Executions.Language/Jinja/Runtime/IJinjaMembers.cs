namespace Mistral.Executions.Language.Jinja;

/// <summary>A value of the language that has attributes of its own.</summary>
internal interface IJinjaMembers
{
    /// <summary>The attribute, <see cref="JinjaMembers.NoneMember"/> for None; null when there is none of that name.</summary>
    object? Attribute(string name, JinjaScope scope);
}
