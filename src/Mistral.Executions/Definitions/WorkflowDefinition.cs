namespace Mistral.Executions;

/// <summary>
/// A workflow, immutable and checked. Made by the builder or read from a text in the Mistral workflow
/// language.
/// </summary>
public sealed class WorkflowDefinition
{
    private readonly Dictionary<string, TaskDefinition> _tasksByName;

    internal WorkflowDefinition(WorkflowContent content)
    {
        Content = content;
        _tasksByName = content.Tasks.ToDictionary(t => t.Name, StringComparer.Ordinal);
        Graph = new WorkflowGraph(content);
        Hash = content.Source?.Hash ?? DefinitionStructure.HashOf(content);
    }

    /// <summary>The name; inside a workbook with the workbook's before it.</summary>
    public string Name => Content.Name;

    /// <summary>The namespace; empty when it has none.</summary>
    public string Namespace => Content.Namespace;

    /// <summary>The workbook it belongs to, inside which short names of workflows and actions are looked up first.</summary>
    public string? Workbook => Content.Workbook;

    /// <summary>Whether it is direct or reverse.</summary>
    public WorkflowType Type => Content.Type;

    /// <summary>A text for people.</summary>
    public string Description => Content.Description;

    /// <summary>Tags, copied to each execution.</summary>
    public IReadOnlyList<string> Tags => Content.Tags;

    /// <summary>The parameters.</summary>
    public IReadOnlyList<InputParameter> Input => Content.Input;

    /// <summary>Gives an object: the workflow variables, evaluated at the start.</summary>
    public IExpression? Variables => Content.Variables;

    /// <summary>Gives the output after SUCCESS; the whole final context when there is none.</summary>
    public IExpression? Output => Content.Output;

    /// <summary>Gives what is added to the output after ERROR.</summary>
    public IExpression? OutputOnError => Content.OutputOnError;

    /// <summary>The tasks, in the order of the definition.</summary>
    public IReadOnlyList<TaskDefinition> Tasks => Content.Tasks;

    /// <summary>Identifies the content: an execution goes on with the definition whose hash it was started with.</summary>
    public string Hash { get; }

    /// <summary>The definition as its author wrote it, as expressions see it in <c>execution().spec</c>.</summary>
    public JsonMap Specification => Content.Specification;

    internal WorkflowContent Content { get; }

    internal WorkflowGraph Graph { get; }

    /// <summary>Looks a task up.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The task, or <see langword="null"/> when there is none of that name.</returns>
    public TaskDefinition? FindTask(string name) => _tasksByName.GetValueOrDefault(name);

    /// <summary>The definition as a store keeps it: its text, or the structure of one that was made in C#.</summary>
    internal StoredDefinition ToStored() => Content.Source is { } source
        ? new(Hash, Name, Namespace, source.Format, source.Text)
        : new(Hash, Name, Namespace, DefinitionStructure.Format, DefinitionStructure.Describe(Content).ToString());
}
