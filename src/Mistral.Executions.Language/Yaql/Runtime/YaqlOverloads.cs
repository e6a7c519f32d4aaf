namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>The overloads of one name: levels, the nearest first; a further one counts only when no nearer one fits.</summary>
/// <param name="Levels">The overloads.</param>
internal sealed record YaqlOverloads(YaqlFunction[][] Levels);
