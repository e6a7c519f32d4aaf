namespace Mistral.Executions.Testing;

/// <summary>A run whose process dies after some of its commits, each time to be followed by another one.</summary>
/// <param name="host">The host.</param>
/// <param name="dies">Whether and how it dies after a commit, by its number from 1.</param>
internal sealed class CrashingRun(WorkflowTestHost host, Func<int, MomentOfDeath?> dies)
{
    private readonly List<Death> _deaths = [];
    private int _commits;

    public async Task<(WorkflowRun Run, List<Death> Deaths)> PlayAsync(string workflow, JsonMap? input, StartOptions start, CancellationToken cancellationToken)
    {
        host.Committed = Count;
        while (true)
        {
            try
            {
                // As a caller does who has not heard that it is there: a second start of the same gives the first.
                await host.StartAsync(workflow, input, start, cancellationToken).ConfigureAwait(false);
                await host.PassUntilEndOrDeathAsync(start.Id!, cancellationToken).ConfigureAwait(false);
            }
            catch (ExecutionException) when (host.IsDead)
            {
                // The engine died under the call.
            }

            if (!host.IsDead)
            {
                return (await EndAsync(start.Id!, cancellationToken).ConfigureAwait(false), _deaths);
            }

            await host.KillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<WorkflowRun> EndAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await host.RunToEndAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (WorkflowTestException exception) when (_deaths is [.., var last])
        {
            var times = _deaths.Count == 1 ? "" : $"{_deaths.Count} times, at last ";
            throw new WorkflowTestException($"The process died {times}after commit {last.Commit} ({last.Written}). {exception.Message}", exception);
        }
    }

    private void Count(IReadOnlyList<ExecutionChanges> group)
    {
        _commits++;
        if (dies(_commits) is { } moment)
        {
            _deaths.Add(Death.After(_commits, group));
            host.Die(moment);
        }
    }
}
