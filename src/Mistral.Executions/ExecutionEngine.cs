using System.Security.Cryptography;
using Mistral.Executions.Actions.Standard.Http;
using Mistral.Executions.Decisions;
using Mistral.Executions.Runtime;

namespace Mistral.Executions;

/// <summary>
/// Runs workflows and actions in the process of the host, and keeps every step in a store, so that a process that dies goes
/// on where it stopped. Thread-safe; a host opens one for each store.
/// </summary>
public sealed partial class ExecutionEngine : IAsyncDisposable
{
    private const int LongestId = 255;

    private readonly EngineRuntime _runtime;
    private readonly TimeSpan _shutdownDeadline;

    private ExecutionEngine(EngineRuntime runtime, TimeSpan shutdownDeadline) =>
        (_runtime, _shutdownDeadline) = (runtime, shutdownDeadline);

    /// <summary>The id of this engine: a new one each time it is opened. Stores name it as the owner of executions.</summary>
    public string Id => _runtime.EngineId;

    /// <summary>When the next timer is due that this engine has in memory; <see langword="null"/> when there is none.</summary>
    internal DateTimeOffset? NextTimerDue => _runtime.Timers.NextDue;

    internal EngineRuntime Runtime => _runtime;

    /// <summary>Opens an engine on a SQLite file and goes on with what is in it.</summary>
    /// <param name="path">The file; it is made when it is missing.</param>
    /// <param name="configure">Registers workflows and actions, and says what else differs from the defaults.</param>
    /// <param name="cancellationToken">Gives the opening up.</param>
    /// <returns>The engine. Executions go on in the background.</returns>
    /// <exception cref="StoreException">The file cannot be used; the message says why and what to do.</exception>
    /// <exception cref="DefinitionException">An ad-hoc action can never work.</exception>
    public static Task<ExecutionEngine> OpenAsync(string path, Action<ExecutionEngineOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new ExecutionEngineOptions(path);
        configure?.Invoke(options);
        return OpenAsync(options, cancellationToken);
    }

    /// <summary>Opens an engine and goes on with what is in its store.</summary>
    /// <param name="options">Where executions live, which workflows and actions there are, and the limits.</param>
    /// <param name="cancellationToken">Gives the opening up.</param>
    /// <returns>The engine. Executions go on in the background.</returns>
    /// <exception cref="StoreException">The store cannot be used; the message says why and what to do.</exception>
    /// <exception cref="DefinitionException">An ad-hoc action can never work.</exception>
    /// <exception cref="ArgumentException">The retention policy has no limit, or one that cannot be kept; or there is a protector beside a store of the host's.</exception>
    public static Task<ExecutionEngine> OpenAsync(ExecutionEngineOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Retention?.Check();
        if (options is { Store: not null, Protector: not null })
        {
            throw new ArgumentException("A store of the host's is given, which writes without this protector: give the protector to the store.", nameof(options));
        }

        return OpenAsync(options, ThreadPoolScheduler.Instance, new OrderedIdSource(new Random(RandomNumberGenerator.GetInt32(int.MaxValue))), cancellationToken);
    }

    /// <summary>Opens an engine whose scheduling and chance are given from outside.</summary>
    internal static async Task<ExecutionEngine> OpenAsync(
        ExecutionEngineOptions options, IRuntimeScheduler scheduler, IIdSource ids, CancellationToken cancellationToken)
    {
        var store = options.Store ?? new SqliteExecutionStore(new SqliteStoreOptions { Path = options.Path!, Synchronous = options.Synchronous, Protector = options.Protector });

        // The store is opened while the rest is put together: at the start of a process both take their time.
        var opening = store.OpenAsync(cancellationToken);
        EngineRuntime runtime;
        try
        {
            var http = options.Http is null ? null : new HttpActions(options.Http);
            var actions = (http?.Descriptors ?? []).Aggregate(options.Actions, (registry, action) => registry.With(action))
                .With(options.AdHocActions).Replacing(options.Replacements);
            runtime = new(new()
            {
                Store = store,
                OwnsStore = options.Store is null,
                Shared = http,
                Catalog = new(store, actions, options.Workflows, options.DefinitionReaders, options.Template, options.SecretNames),
                Limits = new()
                {
                    Items = options.MaximumItems,
                    Nesting = options.MaximumNesting,
                    PayloadBytes = options.MaximumPayloadBytes,
                    Tasks = options.MaximumTasks,
                },
                Time = options.Time,
                Loggers = options.Loggers,
                Services = options.Services,
                Scheduler = scheduler,
                Ids = ids,
                LeaseDuration = options.LeaseDuration,
                ParallelActions = options.MaximumParallelActions,
                ParallelActionsByTarget = options.ParallelActionsByTarget,
                PendingCalls = options.MaximumPendingCalls,
                TreesAtRest = options.MaximumExecutionsAtRest,
                TimerWindow = options.TimerWindow,
                Retention = options.Retention,
            });
        }
        catch
        {
            await GiveUpAsync(opening, store, options.Store is null).ConfigureAwait(false);
            throw;
        }

        await runtime.OpenAsync(opening, cancellationToken).ConfigureAwait(false);
        return new(runtime, options.ShutdownDeadline);
    }

    /// <summary>
    /// Closes the engine: it takes no more calls, tells running actions to stop and waits for them, up to the deadline of the
    /// options; what is under way becomes durable. What was running is taken up when the store is opened again.
    /// </summary>
    /// <returns>A task that ends when the engine is closed.</returns>
    public ValueTask DisposeAsync() => new(_runtime.CloseAsync(_shutdownDeadline));

    /// <summary>Lets all work that is due be done: ends when no message, commit or body is under way, but for bodies that wait for the clock.</summary>
    internal Task SettleAsync() => _runtime.Tracker.WhenIdleAsync();

    private static async ValueTask GiveUpAsync(Task opening, IExecutionStore store, bool ownsStore)
    {
        // What put the rest together failed first, so that is what the caller is told.
        await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ownsStore)
        {
            await store.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static string CheckedId(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return id.Length <= LongestId && !id.Contains('\0', StringComparison.Ordinal)
            ? id
            : throw new ArgumentException($"An id has 1 to {LongestId} characters, and none of them is U+0000.", nameof(id));
    }

    private string NewId() => _runtime.Ids.NewId(_runtime.Time.GetUtcNow());

    /// <summary>The tree that an execution belongs to.</summary>
    private async ValueTask<string> TreeOfAsync(ExecutionKind kind, string executionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(executionId);
        _runtime.ThrowWhenClosed();
        return _runtime.Trees.Find(executionId)?.Durable is { Exists: true }
            ? executionId
            : await _runtime.Store.FindTreeAsync(executionId, cancellationToken).ConfigureAwait(false)
                ?? throw new ExecutionNotFoundException(kind, executionId);
    }
}
