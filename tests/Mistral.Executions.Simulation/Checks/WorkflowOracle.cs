using Mistral.Executions.Decisions;

namespace Mistral.Executions.Simulation.Checks;

/// <summary>What the workflows of a run say, as they were made, whatever the engines were given.</summary>
internal sealed class WorkflowOracle(IEnumerable<WorkflowDefinition> workflows) : IDecisionCatalog
{
    private readonly Dictionary<string, WorkflowDefinition> _byHash = workflows.ToDictionary(w => w.Hash, StringComparer.Ordinal);
    private readonly Dictionary<string, WorkflowDefinition> _workflows = workflows.ToDictionary(w => w.Name, StringComparer.Ordinal);

    /// <summary>Whether the results of a task are thrown away once they are published.</summary>
    public bool KeepsNoResult(string workflow, string task) => _workflows[workflow].FindTask(task)?.KeepResult is not null;

    /// <summary>How many tasks must lead to a join before it starts; <see langword="null"/> when it is none.</summary>
    public int? Needed(string workflow, string task)
    {
        var definition = _workflows[workflow];
        return definition.FindTask(task)?.Join is { } join ? join.Count ?? definition.Graph.Inbound(task).Count : null;
    }

    public WorkflowDefinition? FindWorkflow(string name, string @namespace) => _workflows.GetValueOrDefault(name);

    public WorkflowDefinition? FindWorkflowByHash(string hash) => _byHash.GetValueOrDefault(hash);

    public ActionTraits? FindAction(string name, string @namespace) => null;

    public IExpression Template(JsonData data) => new ConstantExpression(data);
}
