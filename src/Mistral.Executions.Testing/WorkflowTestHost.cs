using Mistral.Executions.Decisions;
using Mistral.Executions.Runtime;

namespace Mistral.Executions.Testing;

/// <summary>
/// Runs workflows on virtual time: the clock stands still while something is under way, and jumps to the next timer when
/// nothing is, so that a workflow of a year takes milliseconds. Workflows and actions are those that the host application
/// registers; a test replaces actions by name. Not thread-safe: a test uses it from one place at a time.
/// </summary>
/// <remarks>
/// Actions that are not replaced run as they are. One that waits takes part in virtual time when it waits with
/// <see cref="ActionContext.Time"/>; any other wait passes in real time.
/// </remarks>
public sealed partial class WorkflowTestHost : IAsyncDisposable
{
    // Long enough that no engine is ever taken for dead, whatever the time does.
    private static readonly TimeSpan Lease = TimeSpan.FromDays(365 * 500);

    private readonly Action<ExecutionEngineOptions> _configure;
    private readonly ObservedStore _store;
    private readonly bool _ownsStore;
    private readonly VirtualClock _clock;
    private readonly IIdSource _ids = new OrderedIdSource(new Random(0));
    private readonly Dictionary<string, ReplacedAction> _replaced = new(StringComparer.Ordinal);
    private ExecutionEngine? _engine;

    /// <summary>Creates a host. Its engine is opened when it is first used; until then actions can be replaced.</summary>
    /// <param name="configure">
    /// Registers workflows and actions, just as the application does. It is called again whenever the engine is opened again.
    /// The clock, the lease and the deadline of the shutdown are those of the host, whatever it says.
    /// </param>
    /// <param name="store">Where executions are kept; in memory, when <see langword="null"/>. Whoever gives a store disposes it.</param>
    /// <param name="startTime">When virtual time begins; 2026-01-01T00:00:00Z, when <see langword="null"/>.</param>
    public WorkflowTestHost(Action<ExecutionEngineOptions> configure, IExecutionStore? store = null, DateTimeOffset? startTime = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _configure = configure;
        _store = new(store ?? new InMemoryExecutionStore());
        _ownsStore = store is null;
        _clock = new(startTime ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    /// <summary>The virtual clock.</summary>
    public TimeProvider Time => _clock;

    /// <summary>How much real time may pass until all that is under way has been done, before the test is given up. 30 seconds by default.</summary>
    public TimeSpan RealTimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much virtual time a run may take before it is given up. 100 years by default.</summary>
    public TimeSpan VirtualTimeLimit { get; init; } = TimeSpan.FromDays(365 * 100);

    /// <summary>Called after each commit that moved an execution, before anybody hears of it.</summary>
    internal Action<IReadOnlyList<ExecutionChanges>>? Committed
    {
        set => _store.Committed = value;
    }

    /// <summary>Whether the process has died, and no other has taken its place.</summary>
    internal bool IsDead => _store.IsOutOfReach;

    /// <summary>Replaces an action, or adds one that the application does not register. A second call gives the same.</summary>
    /// <param name="name">The name by which workflows call it: of the application's, an ad-hoc or a standard action.</param>
    /// <returns>What stands in its place, to say what it gives, and to look at its calls.</returns>
    /// <exception cref="InvalidOperationException">The engine is open already.</exception>
    public ReplacedAction Action(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_replaced.TryGetValue(name, out var action))
        {
            return action;
        }

        if (_engine is not null)
        {
            throw new InvalidOperationException($"The action '{name}' can be replaced until the first workflow is started, and no more.");
        }

        return _replaced[name] = new(name);
    }

    /// <summary>Opens the engine, unless it is open. For all that the host has no method for: pausing, rerunning, explaining.</summary>
    /// <param name="cancellationToken">Gives the opening up.</param>
    /// <returns>The engine. After <see cref="KillAsync"/> and <see cref="RestartAsync"/> it is another one.</returns>
    /// <exception cref="DefinitionException">An ad-hoc action can never work.</exception>
    public async Task<ExecutionEngine> OpenAsync(CancellationToken cancellationToken = default) =>
        _engine ??= await ExecutionEngine.OpenAsync(CreateOptions(), ThreadPoolScheduler.Instance, _ids, cancellationToken).ConfigureAwait(false);

    /// <summary>Starts a workflow, lets it do all that it can do now, and leaves the time where it is.</summary>
    /// <param name="workflow">The name of the workflow.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The id, and what else there is to say.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <returns>The execution.</returns>
    /// <exception cref="ExecutionException">The call is wrong, as <see cref="ExecutionEngine.StartAsync(string, JsonMap?, StartOptions?, CancellationToken)"/> says.</exception>
    public async Task<ExecutionHandle> StartAsync(string workflow, JsonMap? input = null, StartOptions? options = null, CancellationToken cancellationToken = default)
    {
        var engine = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await CallAsync(engine.StartAsync(workflow, input, options, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="StartAsync(string, JsonMap?, StartOptions?, CancellationToken)"/>
    public Task<ExecutionHandle> StartAsync(string workflow, object input, StartOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(workflow, MapOf(input), options, cancellationToken);

    /// <summary>Starts a workflow and moves the time on until it has ended.</summary>
    /// <param name="workflow">The name of the workflow.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The id, and what else there is to say.</param>
    /// <param name="cancellationToken">Gives the run up.</param>
    /// <returns>What ran, whatever the end.</returns>
    /// <exception cref="WorkflowTestException">It does not come to its end; the message says what it waits for.</exception>
    /// <exception cref="ExecutionException">The call is wrong, as <see cref="ExecutionEngine.StartAsync(string, JsonMap?, StartOptions?, CancellationToken)"/> says.</exception>
    public async Task<WorkflowRun> RunAsync(string workflow, JsonMap? input = null, StartOptions? options = null, CancellationToken cancellationToken = default)
    {
        var run = await StartAsync(workflow, input, options, cancellationToken).ConfigureAwait(false);
        return await RunToEndAsync(run.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="RunAsync(string, JsonMap?, StartOptions?, CancellationToken)"/>
    public Task<WorkflowRun> RunAsync(string workflow, object input, StartOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(workflow, MapOf(input), options, cancellationToken);

    /// <summary>What a workflow execution has done until now.</summary>
    /// <param name="id">The id of the workflow execution.</param>
    /// <param name="cancellationToken">Gives the reading up.</param>
    /// <returns>What ran.</returns>
    /// <exception cref="ExecutionNotFoundException">There is no such workflow execution.</exception>
    public async Task<WorkflowRun> GetRunAsync(string id, CancellationToken cancellationToken = default) =>
        await RunReader.ReadAsync(await OpenAsync(cancellationToken).ConfigureAwait(false), id, cancellationToken).ConfigureAwait(false);

    /// <summary>Gives the result of the outside action that waits for one, and lets all be done that follows at once.</summary>
    /// <param name="action">The name of the action. Where several of its executions wait, take <see cref="ExecutionEngine.CompleteActionAsync"/>.</param>
    /// <param name="result">The result.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>A task that ends when all has been done.</returns>
    /// <exception cref="WorkflowTestException">No execution of that action waits for a result, or several do.</exception>
    public async Task CompleteActionAsync(string action, ActionResult result, CancellationToken cancellationToken = default)
    {
        var engine = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var waiting = await WaitingAsync(engine, action, cancellationToken).ConfigureAwait(false);
        if (waiting.Count != 1)
        {
            throw new WorkflowTestException(waiting.Count == 0
                ? $"No execution of the action '{action}' waits for a result from outside."
                : $"{waiting.Count} executions of the action '{action}' wait for a result from outside: complete each by its id, with the engine.");
        }

        await CallAsync(engine.CompleteActionAsync(waiting[0].Id, result, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the engine in good order and opens another one on the same store, as a host that is restarted does.</summary>
    /// <param name="cancellationToken">Gives the opening up.</param>
    /// <returns>A task that ends when all has been done that follows at once.</returns>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await CloseEngineAsync().ConfigureAwait(false);
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        await SettleAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the engine away as the death of its process does, and opens another one on the same store.</summary>
    /// <param name="cancellationToken">Gives the opening up.</param>
    /// <returns>A task that ends when all has been done that follows at once.</returns>
    public async Task KillAsync(CancellationToken cancellationToken = default)
    {
        if (_engine is { } dead)
        {
            _engine = null;
            dead.Runtime.Kill();

            // Its lease would run out; virtual time need not pass for that.
            await _store.ReleaseLeaseAsync(dead.Id, cancellationToken).ConfigureAwait(false);
        }

        _store.IsOutOfReach = false;
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        await SettleAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the engine, and the store unless the test gave it.</summary>
    /// <returns>A task that ends when they are closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await CloseEngineAsync().ConfigureAwait(false);
        if (_ownsStore)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Lets the process die; <see cref="KillAsync"/> lets another take its place.</summary>
    internal void Die(MomentOfDeath moment)
    {
        _store.IsOutOfReach = true;
        if (moment == MomentOfDeath.BeforeWhatFollows)
        {
            _engine!.Runtime.Kill();
        }
    }

    private static JsonMap MapOf(object input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var data = JsonData.FromObject(input);
        return data.Kind == JsonKind.Object ? data.AsObject() : throw new ArgumentException($"The input must be an object, but is {data.Kind}.", nameof(input));
    }

    private static Task<List<ActionExecution>> WaitingAsync(ExecutionEngine engine, string action, CancellationToken cancellationToken) =>
        RunReader.AllAsync(engine.QueryActionsAsync(new() { Name = action, States = [ExecutionState.Running] }, cancellationToken), a => a.IsOutside);

    private ExecutionEngineOptions CreateOptions()
    {
        var options = new ExecutionEngineOptions(_store);
        _configure(options);
        (options.Time, options.LeaseDuration, options.ShutdownDeadline) = (_clock, Lease, TimeSpan.Zero);
        foreach (var (name, action) in _replaced)
        {
            options.Replacements[name] = action.StandFor;
        }

        return options;
    }

    private async ValueTask CloseEngineAsync()
    {
        if (_engine is { } engine)
        {
            _engine = null;
            await engine.DisposeAsync().ConfigureAwait(false);
        }
    }
}
