namespace Mistral.Executions.Language.Jinja;

/// <summary>One token of a Jinja text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Where it starts, in characters from zero.</param>
/// <param name="Value">The name, the text of data, or the value of a literal.</param>
internal readonly record struct JinjaToken(JinjaTokenKind Kind, int Position, object? Value)
{
    /// <summary>Whether this is that name.</summary>
    public bool Is(string name) =>
        Kind == JinjaTokenKind.Name && string.Equals((string)Value!, name, StringComparison.Ordinal);

    /// <summary>The token as a message names it.</summary>
    public string Describe() => Kind switch
    {
        JinjaTokenKind.EndOfText => "the end of the text",
        JinjaTokenKind.Data => "text",
        JinjaTokenKind.VariableBegin => "'{{'",
        JinjaTokenKind.VariableEnd => "'}}'",
        JinjaTokenKind.BlockBegin => "'{%'",
        JinjaTokenKind.BlockEnd => "'%}'",
        JinjaTokenKind.Name => $"'{Value}'",
        JinjaTokenKind.String => "a text literal",
        JinjaTokenKind.Integer or JinjaTokenKind.Float => "a number",
        _ => $"'{Symbol(Kind)}'",
    };

    /// <summary>How a kind of operator is written.</summary>
    public static string Symbol(JinjaTokenKind kind) => kind switch
    {
        JinjaTokenKind.Add => "+",
        JinjaTokenKind.Subtract => "-",
        JinjaTokenKind.Multiply => "*",
        JinjaTokenKind.Divide => "/",
        JinjaTokenKind.FloorDivide => "//",
        JinjaTokenKind.Modulo => "%",
        JinjaTokenKind.Power => "**",
        JinjaTokenKind.Concatenate => "~",
        JinjaTokenKind.LeftBracket => "[",
        JinjaTokenKind.RightBracket => "]",
        JinjaTokenKind.LeftParenthesis => "(",
        JinjaTokenKind.RightParenthesis => ")",
        JinjaTokenKind.LeftBrace => "{",
        JinjaTokenKind.RightBrace => "}",
        JinjaTokenKind.Equal => "==",
        JinjaTokenKind.NotEqual => "!=",
        JinjaTokenKind.Less => "<",
        JinjaTokenKind.LessOrEqual => "<=",
        JinjaTokenKind.Greater => ">",
        JinjaTokenKind.GreaterOrEqual => ">=",
        JinjaTokenKind.Assign => "=",
        JinjaTokenKind.Dot => ".",
        JinjaTokenKind.Colon => ":",
        JinjaTokenKind.Pipe => "|",
        JinjaTokenKind.Comma => ",",
        JinjaTokenKind.Semicolon => ";",
        JinjaTokenKind.VariableEnd => "}}",
        JinjaTokenKind.BlockEnd => "%}",
        JinjaTokenKind.Name => "a name",
        _ => kind.ToString(),
    };
}
