namespace Mistral.Executions.Crash;

/// <summary>A program with a load: starts workflows, answers what is asked from outside, and notes what the engine acknowledged.</summary>
internal sealed class Host(string database, string sidePath, string acksPath, SqliteSynchronous synchronous)
{
    private const int MostAtOnce = 24;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the load of a seed to its end, on as many engines as it takes.</summary>
    public async Task RunAsync(int seed, int workflows)
    {
        using var side = new LineFile(sidePath);
        using var acks = new LineFile(acksPath);
        var load = new Load(side);
        while (true)
        {
            var engine = await ExecutionEngine.OpenAsync(load.OptionsFor(database, synchronous));
            try
            {
                await RunAsync(engine, acks, seed, workflows);
                return;
            }
            catch (LeaseLostException)
            {
                // Another host thought that this one was dead: it goes on as a new one.
            }
            finally
            {
                await engine.DisposeAsync();
            }
        }
    }

    /// <summary>Gives the results of outside actions that wait for one, until it is told to stop.</summary>
    public static async Task AnswerAsync(ExecutionEngine engine, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await foreach (var action in engine.QueryActionsAsync(new() { States = [ExecutionState.Running], Name = "crash.ask" }, CancellationToken.None))
            {
                try
                {
                    await engine.CompleteActionAsync(action.Id, ActionResult.Success(Load.AnswerTo(action)), CancellationToken.None);
                }
                catch (Exception exception) when (exception is ExecutionOwnedElsewhereException or InvalidStateTransitionException)
                {
                    // Its host answers, or has answered just now.
                }
            }

            await Task.Delay(50, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunAsync(ExecutionEngine engine, LineFile acks, int seed, int workflows)
    {
        var done = LineFile.Read(acksPath).Select(l => l.Split(' ')).Where(l => l[0] == "done").Select(l => l[1]).ToHashSet(StringComparer.Ordinal);
        using var stop = new CancellationTokenSource();
        var answers = AnswerAsync(engine, stop.Token);
        var places = Enumerable.Range(0, workflows).Where(p => !done.Contains(Load.IdOf(seed, p)));
        var all = Parallel.ForEachAsync(places, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce }, async (place, _) =>
        {
            var (workflow, input) = Load.StartOf(seed, place);
            var run = await engine.StartAsync(workflow, input, new() { Id = Load.IdOf(seed, place) }, CancellationToken.None);
            acks.Append($"started {run.Id}");
            var ended = await EndOfAsync(run);
            acks.Append($"done {run.Id} {ended.State.ToWireName()} {ended.Output}");
        });
        await await Task.WhenAny(all, answers);
        await stop.CancelAsync();
        await answers;
        await all;
    }

    // Another host can have taken the execution over; then only the store tells.
    private static async Task<WorkflowExecution> EndOfAsync(ExecutionHandle run)
    {
        while (true)
        {
            using var glance = new CancellationTokenSource(Glance);
            try
            {
                return await run.WaitAsync(glance.Token);
            }
            catch (OperationCanceledException) when (glance.IsCancellationRequested)
            {
                // Looks again.
            }
        }
    }
}
