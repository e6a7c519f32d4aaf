namespace Mistral.Executions.Language.Yaql.Syntax;

/// <summary>One token of a YAQL text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The operator, or the name without <c>$</c> or bracket; for other kinds, the text as written.</param>
/// <param name="Value">The value of a constant.</param>
/// <param name="Position">Where it starts, in characters from the start of the text.</param>
internal readonly record struct YaqlToken(YaqlTokenKind Kind, string Text, object? Value, int Position);
