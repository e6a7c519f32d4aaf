namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>How a parameter takes its argument.</summary>
internal enum YaqlParameterForm
{
    /// <summary>The value.</summary>
    Value,

    /// <summary>The value, walked once when it is no collection.</summary>
    Iterable,

    /// <summary>A time, in UTC when it has no zone.</summary>
    DateTime,

    /// <summary>Not evaluated: a <see cref="YaqlLambda"/>.</summary>
    Lambda,

    /// <summary>Not evaluated: what stands behind a dot, a call that can be a method.</summary>
    Method,

    /// <summary>Not evaluated: any expression, or the value that is there already.</summary>
    Expression,

    /// <summary>Not evaluated: only <c>a => b</c>.</summary>
    Mapping,

    /// <summary>A bare word; its text.</summary>
    Keyword,

    /// <summary>A bare word; itself, to be passed on.</summary>
    KeywordNode,
}
