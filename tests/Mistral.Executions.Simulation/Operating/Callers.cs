using Mistral.Executions.Simulation.Checks;

namespace Mistral.Executions.Simulation.Operating;

/// <summary>The callers of engines: each call is made inside of the process of its engine, and dies with it.</summary>
internal sealed class Callers(World world, Ledger ledger)
{
    private int _calls;

    /// <summary>A text that no other call carries.</summary>
    public string NextText() => $"call-{++_calls}";

    public void Start(Host host, string workflow, string id, JsonMap input, StartOptions options)
    {
        ledger.Starting(id);
        Call(
            host,
            $"starts {id}",
            async (engine, cancellationToken) =>
            {
                var run = await engine.StartAsync(workflow, input, options with { Id = id }, cancellationToken);
                ledger.Started(run.Id, input);
                Wait(host, run.Id);
            },
            () => ledger.StartFailed(id),
            () => ledger.StartUnknown(id));
    }

    public void Complete(Host host, string actionId, bool succeeds)
    {
        var text = NextText();
        var value = JsonMap.Create(("call", text), ("n", world.Random.Next(5)));
        Call(
            host,
            $"completes {actionId} with {text}",
            async (engine, cancellationToken) =>
            {
                await engine.CompleteActionAsync(actionId, succeeds ? ActionResult.Success(value) : ActionResult.Error(value), cancellationToken);
                ledger.Completed(actionId, text);
            },
            () => ledger.Failed(text));
    }

    /// <summary>A call that carries a text, which is stored when it succeeds and never when it fails.</summary>
    public void CallWith(Host host, string what, Func<ExecutionEngine, string, CancellationToken, Task> call)
    {
        var text = NextText();
        Call(host, $"{what} with {text}", (engine, cancellationToken) => call(engine, text, cancellationToken), () => ledger.Failed(text));
    }

    public void Call(Host host, string what, Func<ExecutionEngine, CancellationToken, Task> call, Action? failed = null, Action? unknown = null)
    {
        world.History.Event($"{host.Process.Name} {what}");
        var patience = world.Random.Next(12) == 0 ? world.Random.Next(1, 30) : int.MaxValue;
        world.Scheduler.Add(host.Process, () => _ = CallAsync(host, what, patience, call, failed, unknown));
    }

    public void Watch(Host host) => Call(host, "watches", async (engine, _) =>
    {
        await foreach (var change in engine.WatchAsync())
        {
            ledger.Heard(change);
        }
    });

    private void Wait(Host host, string id) => Call(host, $"waits for {id}", async (engine, cancellationToken) => ledger.Ended(await engine.WaitAsync(id, cancellationToken)));

    private async Task CallAsync(Host host, string what, int patience, Func<ExecutionEngine, CancellationToken, Task> call, Action? failed, Action? unknown)
    {
        using var cancellation = new CancellationTokenSource();
        if (patience != int.MaxValue)
        {
            _ = CancelAsync(host, cancellation, patience);
        }

        try
        {
            await call(host.Engine, patience == int.MaxValue ? CancellationToken.None : cancellation.Token);
            world.History.Event($"{host.Process.Name} {what}: done");
        }
        catch (OutcomeUnknownException)
        {
            world.History.Event($"{host.Process.Name} {what}: unknown");
            unknown?.Invoke();
        }
        catch (Exception exception) when (exception is ExecutionException or OperationCanceledException)
        {
            world.History.Event($"{host.Process.Name} {what}: {exception.GetType().Name}");
            failed?.Invoke();
        }
        catch (Exception exception)
        {
            world.Violations.Add(Promise.EngineGoesOn, $"a call that {what} ended with {exception}");
        }
    }

    private static async Task CancelAsync(Host host, CancellationTokenSource cancellation, int patience)
    {
        for (var turns = patience; turns > 0; turns--)
        {
            await host.Process.NextTurn();
        }

        try
        {
            cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call was faster.
        }
    }
}
