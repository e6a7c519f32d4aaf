using System.Text.Json;

namespace Mistral.Executions.Conformance.Scenarios;

/// <summary>What the actions of a scenario answer: by the structural name of the action execution.</summary>
internal sealed class ScenarioActions
{
    private readonly Dictionary<string, Queue<JsonElement>> _byTarget = new(StringComparer.Ordinal);
    private readonly Queue<JsonElement> _standalone = new();

    public ScenarioActions(Scenario scenario)
    {
        foreach (var line in scenario.Script)
        {
            var queue = line.Text("target") is { } target
                ? _byTarget.TryGetValue(target, out var known) ? known : _byTarget[target] = new()
                : _standalone;
            queue.Enqueue(line);
        }

        var scripted = scenario.Script.Select(l => l.Text("action")!).ToHashSet(StringComparer.Ordinal);
        var custom = scenario.Actions.Select(a => a.Text("name")!).ToHashSet(StringComparer.Ordinal);
        Outside = scenario.Script.Where(l => l.GetProperty("outcome").Flag("async")).Select(l => l.Text("action")!).ToHashSet(StringComparer.Ordinal);
        Custom = [.. custom];

        // No scenario reaches the network, and where a step comes before the work is done, nothing is done at once.
        IEnumerable<string> replaced = ["std.http", "std.mistral_http"];
        Immediate = scenario.Steps.Any(s => s.Flag("immediate"));
        if (Immediate)
        {
            replaced = [.. replaced, "std.echo", "std.noop", "std.fail"];
        }

        Scripted = [.. scripted.Where(n => n.StartsWith("std.", StringComparison.Ordinal)).Union(replaced)];
    }

    /// <summary>Actions that the scenario registers itself.</summary>
    public IReadOnlyList<string> Custom { get; }

    /// <summary>Standard actions of which some runs are answered by the script.</summary>
    public IReadOnlyList<string> Scripted { get; }

    /// <summary>Whether some step is given before the engine has done what is due.</summary>
    public bool Immediate { get; }

    /// <summary>Actions whose result comes from outside in some run.</summary>
    public IReadOnlySet<string> Outside { get; }

    /// <summary>The outcome of a run; <see langword="null"/> when the script says nothing of it.</summary>
    public JsonElement? OutcomeOf(string? structuralName)
    {
        var queue = structuralName is null ? _standalone : _byTarget.GetValueOrDefault(structuralName);
        return queue is { Count: > 0 } ? (queue.Count > 1 ? queue.Dequeue() : queue.Peek()).GetProperty("outcome") : null;
    }

    /// <summary>The result an outcome stands for; <see langword="null"/> when there is none yet.</summary>
    public static ActionResult? ResultOf(JsonElement outcome) => outcome switch
    {
        _ when outcome.Flag("async") => null,
        _ when outcome.Flag("cancel") => ActionResult.Cancel(),
        _ when outcome.TryGetProperty("raise", out var raised) => ActionResult.Error(raised.GetString()),
        _ when outcome.TryGetProperty("error", out _) => ActionResult.Error(outcome.Data("error")),
        _ => ActionResult.Success(outcome.Data("data")),
    };
}
