using Mistral.Executions.Simulation.Checks;

namespace Mistral.Executions.Simulation.Operating;

/// <summary>What callers were told, held against what is stored.</summary>
internal sealed class Ledger(CommitAudit store, Violations violations)
{
    private readonly OrderedDictionary<string, StartAttempts> _starts = new(StringComparer.Ordinal);
    private readonly List<string> _failed = [];

    public void Starting(string id) => Attempts(id).Open++;

    public void Started(string id, JsonMap input)
    {
        Attempts(id).Succeeded++;
        LookAtStart(id);
        if (store.Workflows.TryGetValue(id, out var workflow) && workflow.Input.GetOrNull("x") != input["x"])
        {
            violations.Add(Promise.FailureChangesNothing, $"a start of {id} with the input {input} gave the execution with the input {workflow.Input}");
        }
    }

    /// <summary>Nothing is known of a start: it may be there.</summary>
    public void StartUnknown(string id) => Attempts(id).Unknown++;

    public void StartFailed(string id) => Attempts(id).Failed++;

    /// <summary>A call that carries a text has failed: the text must never be stored.</summary>
    public void Failed(string text) => _failed.Add(text);

    /// <summary>A result was acknowledged.</summary>
    public void Completed(string actionId, string text)
    {
        if (store.Actions.TryGetValue(actionId, out var action) && action.Output.GetOrNull("result")["call"] != text && !store.IsThrownAway(action))
        {
            violations.Add(Promise.AcknowledgedIsDurable, $"the result '{text}' of {actionId} was acknowledged, and stored is {action.State} {action.Output}");
        }
    }

    /// <summary>Somebody waited for an end, and was told.</summary>
    public void Ended(IExecution told)
    {
        var stored = (IExecution?)store.Workflows.GetValueOrDefault(told.Id) ?? store.Actions.GetValueOrDefault(told.Id);
        if (stored is null ? !store.WasDeleted(told.Id) : !store.WasEver(told.Id, told.State))
        {
            violations.Add(Promise.AcknowledgedIsDurable, $"somebody was told that {told.Id} ended in {told.State}, and stored is {stored?.State}");
        }
    }

    /// <summary>Somebody watched, and was told of a change.</summary>
    public void Heard(ExecutionChange change)
    {
        if (!store.WasEver(change.Execution.Id, change.Execution.State))
        {
            violations.Add(Promise.AcknowledgedIsDurable, $"a watcher heard that {change.Execution.Id} is {change.Execution.State}, which was never stored");
        }
    }

    /// <summary>Looks at everything again, when all has ended.</summary>
    public void LookAtAll()
    {
        foreach (var (id, attempts) in _starts)
        {
            LookAtStart(id);
            if (attempts.Failed == attempts.Open && store.Workflows.ContainsKey(id))
            {
                violations.Add(Promise.FailureChangesNothing, $"every start of {id} has failed, and it is there");
            }
        }

        foreach (var text in _failed.Where(store.HasSeen))
        {
            violations.Add(Promise.FailureChangesNothing, $"the call '{text}' has failed, and took effect");
        }
    }

    private StartAttempts Attempts(string id)
    {
        if (!_starts.TryGetValue(id, out var attempts))
        {
            _starts.Add(id, attempts = new());
        }

        return attempts;
    }

    private void LookAtStart(string id)
    {
        if (_starts[id].Succeeded > 0 && !store.Workflows.ContainsKey(id) && !store.WasDeleted(id))
        {
            violations.Add(Promise.AcknowledgedIsDurable, $"the start of {id} was acknowledged, and it is not there");
        }
    }

    private sealed class StartAttempts
    {
        public int Open { get; set; }

        public int Succeeded { get; set; }

        public int Failed { get; set; }

        public int Unknown { get; set; }
    }
}
