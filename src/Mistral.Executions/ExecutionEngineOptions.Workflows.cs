namespace Mistral.Executions;

/// <content>The workflows that can be started by name.</content>
public sealed partial class ExecutionEngineOptions
{
    internal List<WorkflowDefinition> Workflows { get; } = [];

    internal Dictionary<string, Func<StoredDefinition, WorkflowDefinition>> DefinitionReaders { get; } = new(StringComparer.Ordinal);

    /// <summary>Makes an expression of data that are given at run time: without a language, the data themselves.</summary>
    internal Func<JsonData, IExpression> Template { get; set; } = static data => new ConstantExpression(data);

    /// <summary>Adds a workflow; of two with one name and namespace the later counts.</summary>
    /// <param name="definition">The workflow.</param>
    /// <returns>These options.</returns>
    public ExecutionEngineOptions AddWorkflow(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Workflows.Add(definition);
        return this;
    }

    /// <summary>
    /// Adds a reader for definitions that are kept with executions as text, so that an execution goes on with the one it was
    /// started with when the host has another by now.
    /// </summary>
    /// <param name="format">The format, as <see cref="StoredDefinition.Format"/> names it.</param>
    /// <param name="read">Reads a definition; it throws <see cref="DefinitionException"/> when it cannot.</param>
    /// <returns>These options.</returns>
    public ExecutionEngineOptions AddDefinitionReader(string format, Func<StoredDefinition, WorkflowDefinition> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(format);
        ArgumentNullException.ThrowIfNull(read);
        DefinitionReaders[format] = read;
        return this;
    }
}
