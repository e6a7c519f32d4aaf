namespace Mistral.Executions.Explanations;

/// <content>Joins, and the tasks that lead to them.</content>
internal sealed partial class Explainer
{
    private Explanation WaitingJoin(TaskExecution join)
    {
        if (WaysTo(join) is not { } ways)
        {
            return New(join, ReasonKind.WaitsForRoutes, "Waits for the routes that lead to it.", join.CreatedAt);
        }

        var sentence = $"Waits for {ways.Needed} of the {ways.Before.Count} routes that lead to it: {ways.Taken} came, {Missing(ways)} missing.";
        return New(join, ReasonKind.WaitsForRoutes, sentence, join.CreatedAt) with { Children = Reasons(join, ways) };
    }

    private Explanation FailedJoin(TaskExecution join)
    {
        if (WaysTo(join) is not { } ways)
        {
            return New(join, ReasonKind.CanNeverRun, $"Can never run{Because(join.StateInfo)}", join.FinishedAt);
        }

        var sentence = $"Can never run, because it needs {ways.Needed} of the {ways.Before.Count} routes that lead to it: {ways.Taken} came, and {Missing(ways)} lost.";
        return New(join, ReasonKind.CanNeverRun, sentence, join.FinishedAt) with { Children = Reasons(join, ways) };
    }

    private Ways? WaysTo(TaskExecution join)
    {
        if (facts.WorkflowOf(join) is not { } workflow || facts.DefinitionOf(workflow).Definition is not { } definition || definition.FindTask(join.Name)?.Join is not { } condition)
        {
            return null;
        }

        var before = definition.Graph.Inbound(join.Name);
        var missing = before.Where(name => facts.Latest(workflow.Id, name) is not { NextTasks: { } next } || next.All(n => n.Name != join.Name)).ToList();
        return new(workflow, definition, before, missing, condition.Count ?? before.Count);
    }

    private static string Missing(Ways ways) => $"{Names(ways.Missing)} {(ways.Missing.Count == 1 ? "is" : "are")}";

    private List<Explanation> Reasons(TaskExecution join, Ways ways)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { join.Name };
        return [.. ways.Missing.Select(name => Before(name, join.Name, ways, seen))];
    }

    /// <summary>Why a task has not led to another one.</summary>
    private Explanation Before(string name, string target, Ways ways, HashSet<string> seen)
    {
        if (facts.Latest(ways.Workflow.Id, name) is { } task)
        {
            var reason = Any(task);
            return task.State.IsCompleted() && task.Processed && task.NextTasks?.Any(n => n.Name == target) != true
                ? reason with { Sentence = $"{reason.Sentence} It did not lead to '{target}'." }
                : reason;
        }

        var inbound = ways.Definition.Graph.Inbound(name);
        var isFirst = seen.Add(name);
        return new()
        {
            Kind = ExecutionKind.Task,
            Name = name,
            Reason = ReasonKind.NotStarted,
            Sentence = inbound.Count == 0 ? "Was not started." : $"Was not started: it follows {Names(inbound)}.",
            Children = isFirst ? [.. inbound.Where(n => n != target).Select(n => Before(n, name, ways, seen))] : [],
        };
    }

    /// <summary>The routes that lead to a join.</summary>
    private sealed record Ways(WorkflowExecution Workflow, WorkflowDefinition Definition, IReadOnlyList<string> Before, IReadOnlyList<string> Missing, int Needed)
    {
        public int Taken => Before.Count - Missing.Count;
    }
}
