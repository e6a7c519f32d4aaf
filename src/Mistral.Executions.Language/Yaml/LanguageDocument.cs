namespace Mistral.Executions.Language;

/// <summary>What one document of the Mistral workflow language v2 defines.</summary>
public sealed record LanguageDocument
{
    /// <summary>The name of the workbook; <see langword="null"/> when the document is none.</summary>
    public string? Workbook { get; init; }

    /// <summary>The namespace that the caller gave; empty when there is none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The workflows, in the order of the document.</summary>
    public IReadOnlyList<WorkflowDefinition> Workflows { get; init; } = [];

    /// <summary>The ad-hoc actions, in the order of the document.</summary>
    public IReadOnlyList<AdHocActionDefinition> Actions { get; init; } = [];
}
