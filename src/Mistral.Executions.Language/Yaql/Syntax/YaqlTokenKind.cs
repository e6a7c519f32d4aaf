namespace Mistral.Executions.Language.Yaql.Syntax;

/// <summary>The kinds of YAQL tokens.</summary>
internal enum YaqlTokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A number, text in quotes, true, false or null.</summary>
    Constant,

    /// <summary>A bare word.</summary>
    Keyword,

    /// <summary><c>$</c> or <c>$name</c>.</summary>
    Variable,

    /// <summary>A name with the bracket that opens its arguments.</summary>
    Function,

    /// <summary>A prefix or binary operator.</summary>
    Operator,

    /// <summary>The arrow of a named argument or a dict entry.</summary>
    Mapping,

    /// <summary><c>[</c></summary>
    OpenSquare,

    /// <summary><c>]</c></summary>
    CloseSquare,

    /// <summary><c>{</c></summary>
    OpenCurly,

    /// <summary><c>}</c></summary>
    CloseCurly,

    /// <summary><c>(</c></summary>
    OpenRound,

    /// <summary><c>)</c></summary>
    CloseRound,

    /// <summary><c>,</c></summary>
    Comma,
}
