namespace Mistral.Executions.Language.Yaml;

/// <summary>What the top level of a document names.</summary>
internal enum DocumentKind
{
    Workflows,
    Workbook,
    Actions,
}
