using System.Diagnostics;
using System.Reflection;

namespace Mistral.Executions.Crash.Commits;

/// <summary>A store that kills its process at one commit: before it is written, or when it is durable and nobody knows.</summary>
/// <remarks>A proxy is made from it, so it is neither internal nor sealed.</remarks>
public class DeadlyStore : DispatchProxy
{
    private IExecutionStore _inner = null!;
    private int _left;
    private bool _before;

    /// <param name="inner">The store.</param>
    /// <param name="commit">At which commit that changes an execution; at none when 0.</param>
    /// <param name="before">Whether it is not written any more.</param>
    public static IExecutionStore Over(IExecutionStore inner, int commit, bool before)
    {
        var store = Create<IExecutionStore, DeadlyStore>();
        var deadly = (DeadlyStore)store;
        (deadly._inner, deadly._left, deadly._before) = (inner, commit, before);
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IExecutionStore.CommitAsync)
        ? CommitAsync((IReadOnlyList<ExecutionChanges>)args![0]!, (CancellationToken)args[1]!)
        : targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);

    private async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken)
    {
        // One commit is under way at a time. Taking over what a dead process left writes history only, and is no step.
        var isTheOne = group.Any(ChangesAnExecution) && --_left == 0;
        if (isTheOne && _before)
        {
            Die();
        }

        var outcomes = await _inner.CommitAsync(group, cancellationToken);
        if (isTheOne)
        {
            Die();
        }

        return outcomes;
    }

    private static bool ChangesAnExecution(ExecutionChanges changes) =>
        changes.NewWorkflows.Count + changes.Workflows.Count + changes.NewTasks.Count + changes.Tasks.Count + changes.NewActions.Count + changes.Actions.Count > 0;

    private static void Die()
    {
        using var process = Process.GetCurrentProcess();
        process.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
