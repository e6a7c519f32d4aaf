namespace Mistral.Executions;

/// <summary>
/// A workflow, immutable and checked. Made by the builder or read from a text in the Mistral workflow
/// language.
/// </summary>
public sealed class WorkflowDefinition
{
    private readonly Dictionary<string, TaskDefinition> _tasksByName;
    private DefinitionSource? _source;

    private WorkflowDefinition(WorkflowContent content)
    {
        Content = content;
        _tasksByName = content.Tasks.ToDictionary(t => t.Name, StringComparer.Ordinal);
        Graph = new WorkflowGraph(content);
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
    public string Hash => Source.Hash;

    /// <summary>The definition as its author wrote it, as expressions see it in <c>execution().spec</c>.</summary>
    public JsonMap Specification => Content.Specification;

    internal WorkflowContent Content { get; }

    internal WorkflowGraph Graph { get; }

    /// <summary>The text it was read from, or the structure of one that was made in C#.</summary>
    /// <remarks>Made when it is first asked for: two threads may both make it, and make the same.</remarks>
    internal DefinitionSource Source => _source ??= Content.Source ?? DefinitionStructure.SourceOf(Content);

    /// <summary>Looks a task up.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The task, or <see langword="null"/> when there is none of that name.</returns>
    public TaskDefinition? FindTask(string name) => _tasksByName.GetValueOrDefault(name);

    /// <summary>Checks what a definition says, and makes it.</summary>
    /// <exception cref="DefinitionException">It can never work; with all faults.</exception>
    internal static WorkflowDefinition Create(WorkflowContent content)
    {
        var faults = DefinitionCheck.FaultsOf(content);
        return faults.Count == 0 ? new(content) : throw new DefinitionException(faults);
    }
}
