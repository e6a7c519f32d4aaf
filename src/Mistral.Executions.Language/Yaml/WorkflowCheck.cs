using System.Globalization;

namespace Mistral.Executions.Language.Yaml;

/// <summary>Checks the graph and the values of a workflow that was read, and gives what is wrong its place in the text.</summary>
internal static class WorkflowCheck
{
    public static void Report(ReadingContext context, ReadWorkflow workflow)
    {
        var tasks = workflow.Tasks.ToDictionary(t => t.Task.Name, StringComparer.Ordinal);
        var reported = context.Faults.Paths;
        foreach (var fault in DefinitionCheck.FaultsOf(workflow.Content))
        {
            var task = fault.Task is null ? null : tasks[fault.Task];
            var place = Find(workflow, task, fault.Attribute);

            // What could not be read has its fault already; the check only sees what is missing for it.
            if (!reported.Contains(place.Path.ToString()))
            {
                (context with { Task = fault.Task }).Report(place, fault.Reason);
            }
        }
    }

    private static DocumentElement Find(ReadWorkflow workflow, ReadTask? task, string? attribute)
    {
        var owner = task?.Element ?? workflow.Element;
        if (attribute is null)
        {
            return owner;
        }

        var (name, index) = Split(attribute);
        var route = index is { } i && task is not null ? FindRoute(workflow, task, name, i) : null;
        return route ?? FindMember(owner, name, index) ?? FindMember(workflow.Element, "task-defaults." + name, index) ?? owner;
    }

    private static (string Name, int? Index) Split(string attribute)
    {
        var open = attribute.IndexOf('[', StringComparison.Ordinal);
        return open < 0
            ? (attribute, null)
            : (attribute[..open], int.Parse(attribute.AsSpan((open + 1)..^1), CultureInfo.InvariantCulture));
    }

    private static DocumentElement? FindRoute(ReadWorkflow workflow, ReadTask task, string attribute, int index)
    {
        var own = task.Clauses.FirstOrDefault(c => c.Attribute == attribute).Clause;
        if (own?.Routes.Count > 0)
        {
            return own.Routes[index].Element;
        }

        // The routes come from the defaults, without those to the task itself.
        var defaults = workflow.DefaultClauses.FirstOrDefault(c => c.Attribute == attribute).Clause;
        return defaults?.Routes.Where(r => r.Route.Target != task.Task.Name).ElementAtOrDefault(index)?.Element;
    }

    private static DocumentElement? FindMember(DocumentElement owner, string path, int? index)
    {
        DocumentElement? found = owner;
        foreach (var name in path.Split('.'))
        {
            if (found is not { Node: MappingNode mapping } element || mapping.Find(name) is not { } entry)
            {
                return null;
            }

            found = element.Value(entry);
        }

        return index is { } i && found is { Node: SequenceNode { Items: var items } } list && i < items.Count
            ? new DocumentElement(items[i], list.Path.Item(i))
            : found;
    }
}
