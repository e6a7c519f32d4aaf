namespace Mistral.Executions.Conformance.Scenarios;

/// <summary>Every execution of an engine with its structural name.</summary>
internal sealed class StructuralNames
{
    private readonly Dictionary<string, IExecution> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byId = new(StringComparer.Ordinal);

    private StructuralNames()
    {
    }

    public IReadOnlyDictionary<string, IExecution> All => _byName;

    public IExecution this[string name] => _byName.TryGetValue(name, out var execution)
        ? execution
        : throw new ScenarioException($"there is no execution {name}; there are {string.Join(", ", _byName.Keys.Order(StringComparer.Ordinal))}");

    public string? Find(string id) => _byId.GetValueOrDefault(id);

    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>Replaces ids in a text by structural names.</summary>
    public string Rename(string text)
    {
        foreach (var (id, name) in _byId)
        {
            text = text.Replace(id, $"<{name}>", StringComparison.Ordinal);
        }

        return text;
    }

    public static async Task<StructuralNames> ReadAsync(ExecutionEngine engine, IReadOnlyList<(string Name, string Id)> roots)
    {
        var workflows = await ToListAsync(engine.QueryWorkflowsAsync());
        var tasks = await ToListAsync(engine.QueryTasksAsync());
        var actions = await ToListAsync(engine.QueryActionsAsync());
        var names = new StructuralNames();
        foreach (var (name, id) in roots)
        {
            if (workflows.Find(w => w.Id == id) is { } workflow)
            {
                names.AddWorkflow(name, workflow, workflows, tasks, actions);
            }
            else if (actions.Find(a => a.Id == id) is { } action)
            {
                names.Add(name, action);
            }
        }

        return names;
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> executions)
    {
        var all = new List<T>();
        await foreach (var execution in executions)
        {
            all.Add(execution);
        }

        return all;
    }

    private void AddWorkflow(string name, WorkflowExecution workflow, List<WorkflowExecution> workflows, List<TaskExecution> tasks, List<ActionExecution> actions)
    {
        Add(name, workflow);
        foreach (var group in tasks.Where(t => t.WorkflowExecutionId == workflow.Id).GroupBy(t => t.Name))
        {
            var number = 0;
            foreach (var task in group.OrderBy(t => t.Ordinal))
            {
                number++;
                var taskName = $"{name}/{task.Name}{(number == 1 ? "" : $"#{number}")}";
                Add(taskName, task);
                AddChildren(taskName, 'a', actions.Where(a => a.TaskExecutionId == task.Id), a => a.Index, Add);
                AddChildren(taskName, 'w', workflows.Where(w => w.TaskExecutionId == task.Id), w => w.Index, (n, w) => AddWorkflow(n, w, workflows, tasks, actions));
            }
        }
    }

    private static void AddChildren<T>(string task, char letter, IEnumerable<T> children, Func<T, int> index, Action<string, T> add)
        where T : IExecution
    {
        foreach (var group in children.GroupBy(index))
        {
            var attempt = 0;
            foreach (var child in group.OrderBy(c => c.Id, StringComparer.Ordinal))
            {
                attempt++;
                add($"{task}/{letter}{group.Key}{(attempt == 1 ? "" : $".{attempt}")}", child);
            }
        }
    }

    private void Add(string name, IExecution execution)
    {
        _byName.Add(name, execution);
        _byId.Add(execution.Id, name);
    }
}
