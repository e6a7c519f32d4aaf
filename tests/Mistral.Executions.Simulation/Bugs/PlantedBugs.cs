using Mistral.Executions.Simulation.Checks;

namespace Mistral.Executions.Simulation.Bugs;

/// <summary>All bugs that are planted, each with the promises of which it must break one.</summary>
internal static class PlantedBugs
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("an effect before its commit", Promise.CommitBeforeEffect)
        {
            Store = s => new StoreBugs.SaysCommittedBefore(s),
        },
        new("an acknowledgement before the commit", Promise.AcknowledgedIsDurable)
        {
            Store = s => new StoreBugs.SaysCommittedBefore(s),
        },
        new("a refused commit taken for a committed one", Promise.AcknowledgedIsDurable)
        {
            Store = s => new StoreBugs.TakesOutcome(s, o => o.Result == CommitResult.Refused && o.Refusal != CommitRefusal.NotOwner && o.Refusal != CommitRefusal.AlreadyExists, CommitOutcome.Committed),
        },
        new("an unknown outcome taken for committed", Promise.AcknowledgedIsDurable)
        {
            Store = s => new StoreBugs.TakesOutcome(s, o => o.Result == CommitResult.Unknown, CommitOutcome.Committed),
        },
        new("an unknown outcome taken for refused", Promise.FailureChangesNothing)
        {
            Store = s => new StoreBugs.TakesOutcome(s, o => o.Result == CommitResult.Unknown, CommitOutcome.Refused(CommitRefusal.Failed)),
        },
        new("an id that exists taken for a new one", Promise.FailureChangesNothing)
        {
            Store = s => new StoreBugs.TakesOutcome(s, o => o.Refusal == CommitRefusal.AlreadyExists, CommitOutcome.Committed),
        },
        new("a busy store taken for the loss of the tree", Promise.EverythingEnds)
        {
            Store = s => new StoreBugs.TakesOutcome(s, o => o.Refusal is CommitRefusal.Busy or CommitRefusal.Full, CommitOutcome.Refused(CommitRefusal.NotOwner)),
        },
        new("a commit without the fence", Promise.OneOwner)
        {
            Store = s => new StoreBugs.IgnoresTheFence(s),
        },
        new("a takeover from the living", Promise.OneOwner)
        {
            Store = s => new StoreBugs.TakesFromTheLiving(s),
        },
        new("a body that starts under a lease that is over", Promise.OneOwner)
        {
            Store = s => new StoreBugs.LeasesRunOutEarly(s),
        },
        new("an unsafe action run again", Promise.UnsafeStartsOnce)
        {
            Store = s => new StoreBugs.ReadsOtherTree(s, t => t with { Actions = [.. t.Actions.Select(a => a with { IsSafeToRerun = true })] }),
        },
        new("a result forgotten, and taken again", Promise.AcceptedIsFinal)
        {
            Store = s => new StoreBugs.ForgetsResults(s),
        },
        new("a body run again whose result was accepted", Promise.SafeStartsAgainOnlyAfterDeath)
        {
            Store = s => new StoreBugs.ForgetsResults(s),
        },
        new("a recovery that finds nothing", Promise.EverythingEnds)
        {
            Store = s => new StoreBugs.FindsNothingToRecover(s),
        },
        new("a takeover without recovery", Promise.EverythingEnds)
        {
            Store = s => new StoreBugs.TakesOverInSilence(s),
        },
        new("timers lost beyond the window", Promise.EverythingEnds)
        {
            Store = s => new StoreBugs.ForgetsLaterTimers(s),
        },
        new("timers not written", Promise.EverythingEnds)
        {
            Store = s => new StoreBugs.WritesOther(s, c => c with { NewTimers = [] }),
        },
        new("timers lost when a tree is read", Promise.EverythingEnds, Promise.TreesAreRight)
        {
            Store = s => new StoreBugs.ReadsOtherTree(s, t => t with { Timers = [] }),
        },
        new("half of a decision written", Promise.TreesAreRight)
        {
            Store = s => new StoreBugs.WritesOther(s, c => c with { Tasks = [.. c.Tasks.Take(1)] }),
        },
        new("a join that counts one twice", Promise.TreesAreRight)
        {
            Workflow = w => WorkflowDefinition.Create(w.Content with { Tasks = [.. w.Tasks.Select(t => t.Join is null ? t : t with { Join = JoinCondition.One })] }),
        },
        new("more items at once than a task allows", Promise.TreesAreRight)
        {
            Store = s => new StoreBugs.ReadsOtherTree(s, t => t with { Tasks = [.. t.Tasks.Select(task => task.Items is { Running: > 0 } i ? task with { Items = i with { Running = 0 } } : task)] }),
        },
        new("a limit that is not kept", Promise.EngineGoesOn)
        {
            Configure = o => o.MaximumNesting = Limits.Nesting + 2,
        },
        new("a decision that fails", Promise.EngineGoesOn)
        {
            Ids = i => new RuntimeBugs.FailsAtTimes(i),
        },
        new("a mailbox that is not woken", Promise.EverythingEnds)
        {
            Scheduler = s => new RuntimeBugs.LosesWork(s),
        },
        new("an alarm that is not set again", Promise.EverythingEnds)
        {
            Time = t => new RuntimeBugs.MovesNoTimer(t),
        },
    ];
}
