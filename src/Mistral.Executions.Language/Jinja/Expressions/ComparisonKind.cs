namespace Mistral.Executions.Language.Jinja;

internal enum ComparisonKind
{
    None,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}
