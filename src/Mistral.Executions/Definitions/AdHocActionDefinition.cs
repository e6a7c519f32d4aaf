namespace Mistral.Executions;

/// <summary>An action made of another one. See "Ad-hoc Actions" in Mistral's description of the workflow language.</summary>
public sealed record AdHocActionDefinition
{
    /// <summary>The name; inside a workbook with the workbook's before it.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace; empty when it has none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The workbook it belongs to, inside which the base is looked up first.</summary>
    public string? Workbook { get; init; }

    /// <summary>A text for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The name of the action it is made of.</summary>
    public required string Base { get; init; }

    /// <summary>Gives the input of the base, over the input of this action; the base gets no input when there is none.</summary>
    public IExpression? BaseInput { get; init; }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<InputParameter> Input { get; init; } = [];

    /// <summary>Gives the result, over the result of the base; that result itself when there is none.</summary>
    public IExpression? Output { get; init; }
}
