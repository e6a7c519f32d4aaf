namespace Mistral.Executions.Language.Yaml;

/// <summary>Where something stands in a text.</summary>
/// <param name="Line">The line, from 1; 0 for what comes from no text.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Start">The first character, from 0.</param>
/// <param name="End">The character after the last.</param>
internal readonly record struct SourcePlace(int Line, int Column, int Start, int End);
