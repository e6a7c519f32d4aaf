namespace Mistral.Executions.Language.Values;

/// <summary>The comparisons that need an order.</summary>
internal enum PythonComparison
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
