using System.Globalization;
using System.Text;

namespace Mistral.Executions.Simulation.Checks;

/// <summary>A set of changes as a line of a history.</summary>
internal static class CommitText
{
    public static string Of(string process, ExecutionChanges changes, CommitOutcome outcome)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{process} writes {changes.TreeId} epoch {changes.Epoch}: {outcome.Result}");
        foreach (var w in changes.NewWorkflows.Concat(changes.Workflows))
        {
            text.Append(CultureInfo.InvariantCulture, $" | workflow {w.Id} {w.Name} {w.State} '{w.StateInfo}' {w.Output} {w.Context} tasks {w.TaskCount}");
        }

        foreach (var t in changes.NewTasks.Concat(changes.Tasks))
        {
            text.Append(CultureInfo.InvariantCulture, $" | task {t.Id} {t.Name} {t.State} '{t.StateInfo}' {t.Published} retry {t.RetryNumber} items {t.Items?.Running}/{t.Items?.Finished} next {string.Join(',', t.NextTasks?.Select(n => n.Name) ?? [])}");
        }

        foreach (var a in changes.NewActions.Concat(changes.Actions))
        {
            text.Append(CultureInfo.InvariantCulture, $" | action {a.Id} {a.Name} {a.State} {a.Output} accepted {a.Accepted} attempt {a.Attempt} index {a.Index}");
        }

        foreach (var t in changes.NewTimers)
        {
            text.Append(CultureInfo.InvariantCulture, $" | timer {t.Id} {t.Kind} of {t.ExecutionId} at {t.DueAt:HH:mm:ss.fff}");
        }

        foreach (var id in changes.EndedTimers)
        {
            text.Append(CultureInfo.InvariantCulture, $" | timer {id} ends");
        }

        foreach (var h in changes.History)
        {
            text.Append(CultureInfo.InvariantCulture, $" | {h.Event} {h.ExecutionId} '{h.Reason}'");
        }

        return text.ToString();
    }
}
