using Microsoft.Extensions.Time.Testing;
using Mistral.Executions.Runtime;

namespace Mistral.Executions.Tests.Engine;

/// <summary>An engine on a store in memory, with a clock that stands still until it is moved.</summary>
internal sealed class EngineBench : IAsyncDisposable
{
    private readonly List<ExecutionEngine> _engines = [];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public TestStore Store { get; } = new(new InMemoryExecutionStore());

    /// <summary>Bodies that wait until a test lets them end, by the id of their action execution.</summary>
    public Gates Gates { get; } = new();

    public ExecutionEngine Engine => _engines[^1];

    /// <summary>A task that calls an action and leads on.</summary>
    public static WorkflowDefinition Chain(string name, params string[] actions)
    {
        var builder = new WorkflowBuilder(name);
        for (var place = 0; place < actions.Length; place++)
        {
            var (action, next) = (actions[place], place + 1);
            builder.Task($"t{place}", t => (next < actions.Length ? t.OnSuccess($"t{next}") : t).Action(action));
        }

        return builder.Build();
    }

    public async Task<ExecutionEngine> OpenAsync(Action<ExecutionEngineOptions>? configure = null, params WorkflowDefinition[] workflows)
    {
        var options = new ExecutionEngineOptions(Store) { Time = Time, ShutdownDeadline = TimeSpan.Zero };
        options
            .AddAction("test.do", (input, _, _) => Task.FromResult<JsonData>(input))
            .AddAction("test.fail", (_, _, _) => throw new InvalidOperationException("no luck"))
            .AddAction("test.gate", (_, context, cancellationToken) => Gates.PassAsync(context, cancellationToken))
            .AddAction("test.unsafe_gate", (_, context, cancellationToken) => Gates.PassAsync(context, cancellationToken), new() { IsSafeToRerun = false })
            .AddAction("test.sleep", async (_, context, cancellationToken) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(10), context.Time, cancellationToken);
                return "slept";
            })
            .AddInlineAction("test.inline", input => input)
            .AddOutsideAction("test.outside");
        foreach (var workflow in workflows)
        {
            options.AddWorkflow(workflow);
        }

        configure?.Invoke(options);
        var engine = await ExecutionEngine.OpenAsync(options);
        _engines.Add(engine);
        return engine;
    }

    /// <summary>Takes the engine away as the death of its process does: nothing of it acts any more, and its lease is left.</summary>
    public void Kill()
    {
        Engine.Runtime.Kill();
        _engines.RemoveAt(_engines.Count - 1);
    }

    public async Task SettleAsync() => await Engine.SettleAsync();

    public async Task AdvanceAsync(TimeSpan time)
    {
        Time.Advance(time);
        await Engine.SettleAsync();
    }

    public async Task<ActionExecution> OnlyActionAsync(string workflowId, string? name = null)
    {
        var actions = new List<ActionExecution>();
        await foreach (var action in Engine.QueryActionsAsync(new() { RootExecutionId = workflowId, Name = name }))
        {
            actions.Add(action);
        }

        return actions.Should().ContainSingle().Subject;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines)
        {
            await engine.DisposeAsync();
        }
    }
}
