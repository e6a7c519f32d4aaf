namespace Mistral.Executions.Testing;

/// <summary>Lets the process of a workflow die at every moment that matters, and checks that nobody can tell.</summary>
public static class CrashTest
{
    private const string Id = "crash-test";

    /// <summary>
    /// Runs a workflow undisturbed; then again for each of its commits, with an engine that dies right after that commit and
    /// another that goes on: once when what follows from the commit has not begun, and once when it has, so that running
    /// actions run again; and at last with an engine that dies after every single commit. All must come to the same end.
    /// </summary>
    /// <param name="createHost">Makes a host with its replaced actions: a new one for each run.</param>
    /// <param name="workflow">The name of the workflow.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">How the workflow is started, and what must be the same.</param>
    /// <param name="cancellationToken">Gives the test up.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="WorkflowTestException">A run ended in another way, or not at all. The message names the commit.</exception>
    public static async Task<CrashReport> EveryCommitAsync(
        Func<WorkflowTestHost> createHost, string workflow, JsonMap? input = null, CrashTestOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(createHost);
        ArgumentNullException.ThrowIfNull(workflow);
        options ??= new();
        var start = options.Start with { Id = options.Start.Id ?? Id };
        var end = options.End ?? (static run => string.Join('\n', RunText.EndOf(run)));

        var (undisturbed, _) = await PlayAsync(_ => null).ConfigureAwait(false);
        var expected = end(undisturbed);
        var deaths = 0;
        for (var commit = 1; ; commit++)
        {
            var died = await CheckAsync(MomentOfDeath.BeforeWhatFollows, commit).ConfigureAwait(false)
                + await CheckAsync(MomentOfDeath.AfterWhatFollows, commit).ConfigureAwait(false);
            if (died == 0)
            {
                deaths += await CheckAsync(MomentOfDeath.BeforeWhatFollows, null).ConfigureAwait(false);
                deaths += await CheckAsync(MomentOfDeath.AfterWhatFollows, null).ConfigureAwait(false);
                return new(commit - 1, deaths, undisturbed);
            }

            deaths += died;
        }

        async Task<int> CheckAsync(MomentOfDeath moment, int? commit)
        {
            var (run, deaths) = await PlayAsync(made => commit is null || made == commit ? moment : null).ConfigureAwait(false);
            var ended = end(run);
            if (ended != expected)
            {
                throw new WorkflowTestException(Difference(deaths, moment, expected, ended));
            }

            return deaths.Count;
        }

        async Task<(WorkflowRun Run, List<Death> Deaths)> PlayAsync(Func<int, MomentOfDeath?> dies)
        {
            var host = createHost();
            await using (host.ConfigureAwait(false))
            {
                return await new CrashingRun(host, dies).PlayAsync(workflow, input, start, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc cref="EveryCommitAsync(Func{WorkflowTestHost}, string, JsonMap?, CrashTestOptions?, CancellationToken)"/>
    public static Task<CrashReport> EveryCommitAsync(
        Func<WorkflowTestHost> createHost, string workflow, object input, CrashTestOptions? options = null, CancellationToken cancellationToken = default) =>
        EveryCommitAsync(createHost, workflow, JsonData.FromObject(input).AsObject(), options, cancellationToken);

    private static string Difference(List<Death> deaths, MomentOfDeath moment, string expected, string actual)
    {
        var place = deaths is [var only] ? $"commit {only.Commit} ({only.Written})" : "every commit";
        var begun = moment == MomentOfDeath.AfterWhatFollows ? "when what follows from it had begun" : "before anything that follows from it began";
        return $"When the process dies after {place}, {begun}, the end is another.\nUndisturbed:\n{expected}\nAfter the death:\n{actual}";
    }
}
