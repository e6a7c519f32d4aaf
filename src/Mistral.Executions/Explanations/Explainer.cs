using System.Globalization;

namespace Mistral.Executions.Explanations;

/// <summary>Says why an execution is where it is. Pure: from facts to an explanation.</summary>
internal sealed partial class Explainer(ExecutionFacts facts)
{
    private const int LongestError = 300;

    // Each execution is explained once, however many wait for it.
    private readonly HashSet<string> _explained = new(StringComparer.Ordinal);

    public Explanation Explain(IExecution execution)
    {
        var explanation = Any(execution);
        var owner = facts.Owner;
        if (execution.State.IsCompleted() || owner.EngineId == facts.EngineId)
        {
            return explanation;
        }

        return facts.OwnerLives
            ? New(execution, ReasonKind.HeldByAnotherEngine, $"The engine {owner.EngineId} works on it. Its lease runs until {Time(owner.ExpiresAt)} unless it renews it.") with
            {
                DueAt = owner.ExpiresAt,
                Children = [explanation],
            }
            : New(execution, ReasonKind.WaitsForTakeover, $"The engine {owner.EngineId} that worked on it runs no more. {(facts.EngineId.Length == 0 ? "The next engine that is opened on the store takes it over." : "This engine takes it over when something comes for it, at the latest with its next sweep.")}") with
            {
                Children = [explanation],
            };
    }

    private Explanation Any(IExecution execution)
    {
        var isFirst = _explained.Add(execution.Id);
        var explanation = execution switch
        {
            WorkflowExecution workflow => Workflow(workflow),
            TaskExecution task => Task(task),
            _ => Action((ActionExecution)execution),
        };
        return isFirst ? explanation : explanation with { Children = [], HasMore = false };
    }

    private Explanation WithBelow(Explanation explanation, IExecution execution)
    {
        var below = facts.Below(execution.Id);
        return explanation with { Children = [.. below.Executions.Select(Any)], HasMore = below.HasMore };
    }

    private static Explanation New(IExecution execution, ReasonKind reason, string sentence, DateTimeOffset? since = null, DateTimeOffset? dueAt = null) => new()
    {
        Kind = execution.Kind,
        Id = execution.Id,
        Name = execution.Name,
        State = execution.State,
        Reason = reason,
        Sentence = sentence,
        Since = since,
        DueAt = dueAt,
    };

    private ExecutionTimer? Timer(IExecution execution, TimerKind kind) => facts.Timers[execution.Id].FirstOrDefault(t => t.Kind == kind);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string At(DateTimeOffset? time) => time is { } known ? $" at {Time(known)}" : "";

    /// <summary>A reason that was given, as the end of a sentence.</summary>
    private static string Because(string? reason) => string.IsNullOrWhiteSpace(reason) ? "." : $": {Ended(reason)}";

    private static string Ended(string text)
    {
        text = text.Trim();
        text = text.Length > LongestError ? $"{text[..LongestError]}…" : text;
        return text.EndsWith('.') || text.EndsWith('…') || text.EndsWith('!') || text.EndsWith('?') ? text : $"{text}.";
    }

    private static string ErrorOf(ActionExecution action) => action.StateInfo ?? action.Output.GetOrNull("result") switch
    {
        { Kind: JsonKind.String } text => text.AsString(),
        { IsNull: true } => "",
        var data => data.ToString(),
    };

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));
}
