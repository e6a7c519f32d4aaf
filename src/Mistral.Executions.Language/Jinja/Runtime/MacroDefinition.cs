namespace Mistral.Executions.Language.Jinja;

/// <summary>A macro, or the body of a call, which has no name, as it is written.</summary>
internal sealed record MacroDefinition(string? Name, MacroParameter[] Parameters, MacroFeatures Features, JinjaStatement Body);

/// <summary>A parameter of a macro.</summary>
internal sealed record MacroParameter(string Name, JinjaNode? Default);

/// <summary>Which of the names that only macros have the body uses.</summary>
[Flags]
internal enum MacroFeatures
{
    None = 0,
    Caller = 1,
    Arguments = 2,
    NamedArguments = 4,
}
