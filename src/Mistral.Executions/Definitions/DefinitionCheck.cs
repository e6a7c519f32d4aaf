using System.Globalization;

namespace Mistral.Executions;

/// <summary>
/// Finds all that is wrong in a definition: what can never work is refused when it is made, not when it runs. Pure.
/// </summary>
internal sealed partial class DefinitionCheck
{
    /// <summary>How many letters a name can have.</summary>
    public const int LongestName = 255;

    /// <summary>How many letters the name of a task with a join can have, as in Mistral.</summary>
    public const int LongestJoinName = 208;

    private readonly WorkflowContent _content;
    private readonly WorkflowGraph _graph;
    private readonly Dictionary<string, TaskDefinition> _tasks;
    private readonly HashSet<string> _reachable;
    private readonly List<DefinitionFault> _faults = [];

    private DefinitionCheck(WorkflowContent content)
    {
        _content = content;
        var tasks = content.Tasks.DistinctBy(t => t.Name, StringComparer.Ordinal).ToArray();
        _tasks = tasks.ToDictionary(t => t.Name, StringComparer.Ordinal);
        _graph = new WorkflowGraph(content with { Tasks = tasks });
        _reachable = Reachable(_graph, _tasks);
    }

    /// <summary>All faults, in the order of the definition.</summary>
    public static IReadOnlyList<DefinitionFault> FaultsOf(WorkflowContent content)
    {
        var check = new DefinitionCheck(content);
        check.CheckWorkflow();
        return check._faults;
    }

    private void CheckWorkflow()
    {
        CheckName(null, null, "The name of the workflow", _content.Name, LongestName);
        if (IsUuid(_content.Name))
        {
            Add(null, null, "The name of a workflow cannot have the form of a UUID: it could not be told from the id of one.");
        }

        if (_content.Namespace.Length > 0)
        {
            CheckName(null, "namespace", "The namespace", _content.Namespace, LongestName);
        }

        CheckNames(null, "input", "parameter", [.. _content.Input.Select(p => p.Name)]);
        CheckObject(null, "vars", _content.Variables);
        CheckObject(null, "output", _content.Output);
        CheckObject(null, "output-on-error", _content.OutputOnError);
        if (_content.Tasks.Count == 0)
        {
            Add(null, "tasks", "The workflow has no tasks; it needs at least one.");
        }
        else if (_content.Type == WorkflowType.Direct && _graph.StartTasks.Count == 0)
        {
            Add(null, "tasks", "The workflow has no task to start with: a route leads to every one of them. At least one task must have none.");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var task in _content.Tasks)
        {
            if (!seen.Add(task.Name))
            {
                Add(task, null, "There are several tasks of this name; each needs its own.");
            }

            CheckTask(task);
        }

        CheckCycles();
    }

    private void CheckTask(TaskDefinition task)
    {
        CheckName(task, null, "The name of the task", task.Name, task.Join is null ? LongestName : LongestJoinName);
        if (EngineCommands.Contains(task.Name))
        {
            Add(task, null, $"'{task.Name}' is an engine command, so no task can have this name: no route could lead to it.");
        }

        if (task.Action is null == task.Workflow is null)
        {
            Add(task, "action", task.Action is null
                ? "The task has neither an action nor a workflow; it needs one of them."
                : "The task has both an action and a workflow; it can run only one of them.");
        }

        CheckText(task, "action", task.Action);
        CheckText(task, "workflow", task.Workflow);
        CheckObject(task, "input", task.Input);
        CheckNames(task, "with-items", "item", [.. task.WithItems.Select(i => i.Name)]);
        CheckPublish(task, task.PublishOnSuccess, "publish");
        CheckPublish(task, task.PublishOnError, "publish-on-error");
        CheckPublish(task, task.PublishOnSkip, "publish-on-skip");
        CheckText(task, "target", task.Target);
        CheckCondition(task, "keep-result", task.KeepResult);
        CheckPolicies(task, task.Policies);
        CheckRoutes(task);
        CheckJoin(task);
        CheckRequires(task);
    }

    private void CheckPublish(TaskDefinition task, PublishDefinition? publish, string attribute)
    {
        CheckObject(task, attribute, publish?.Branch);
        CheckObject(task, attribute, publish?.Global);
    }

    private void CheckNames(TaskDefinition? task, string attribute, string what, IReadOnlyList<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            var place = At(attribute, i);
            CheckName(task, place, $"The name of the {what}", names[i], LongestName);
            if (!seen.Add(names[i]))
            {
                Add(task, place, $"There are several {what}s '{names[i]}'; each needs its own name.");
            }
        }
    }

    private void CheckName(TaskDefinition? task, string? attribute, string what, string name, int longest)
    {
        if (name.Length == 0)
        {
            Add(task, attribute, $"{what} is empty.");
        }
        else if (name.Contains('\0', StringComparison.Ordinal))
        {
            Add(task, attribute, $"{what} contains the character U+0000.");
        }
        else if (HasHalfPair(name))
        {
            Add(task, attribute, $"{what} contains half of a surrogate pair, which cannot be stored.");
        }
        else if (name.EnumerateRunes().Count() is var length && length > longest)
        {
            var join = longest == LongestJoinName ? " with a join" : "";
            Add(task, attribute, $"{what} '{name[..20]}…'{join} has {length} letters; {longest} are allowed.");
        }
    }

    private void Add(TaskDefinition? task, string? attribute, string reason) =>
        _faults.Add(new(reason) { Workflow = _content.Name, Task = task?.Name, Attribute = attribute });

    private static string At(string attribute, int place) => string.Create(CultureInfo.InvariantCulture, $"{attribute}[{place}]");

    private static bool HasHalfPair(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsSurrogate(name[i]) && (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[++i])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether Python's uuid module would take it, as Mistral asks: braces, hyphens and the prefix of a URN do not count.</summary>
    private static bool IsUuid(string name)
    {
        var digits = name
            .Replace("urn:", "", StringComparison.Ordinal)
            .Replace("uuid:", "", StringComparison.Ordinal)
            .Trim('{', '}')
            .Replace("-", "", StringComparison.Ordinal);
        return digits.Length == 32 && digits.All(char.IsAsciiHexDigit);
    }
}
