using System.Text;

namespace Mistral.Executions;

/// <summary>All that a workflow definition says, before it is checked.</summary>
internal sealed record WorkflowContent
{
    public required string Name { get; init; }

    public string Namespace { get; init; } = "";

    public string? Workbook { get; init; }

    public WorkflowType Type { get; init; }

    public string Description { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<InputParameter> Input { get; init; } = [];

    public IExpression? Variables { get; init; }

    /// <summary>The names that <see cref="Variables"/> gives, to tell them from what is published globally.</summary>
    public IReadOnlyList<string> VariableNames { get; init; } = [];

    public IExpression? Output { get; init; }

    public IExpression? OutputOnError { get; init; }

    public IReadOnlyList<TaskDefinition> Tasks { get; init; } = [];

    public JsonMap Specification { get; init; } = JsonMap.Empty;

    /// <summary>The text it was read from; <see langword="null"/> when it was made in C#.</summary>
    public DefinitionSource? Source { get; init; }

    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Name = {Name}, Namespace = {Namespace}");
        return true;
    }
}
