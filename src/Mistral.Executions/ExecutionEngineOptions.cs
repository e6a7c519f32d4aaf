using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mistral.Executions;

/// <summary>What a host says when it opens an engine: where executions live, which workflows and actions there are, and the limits.</summary>
public sealed partial class ExecutionEngineOptions
{
    /// <summary>Creates options that keep executions in a SQLite file.</summary>
    /// <param name="path">The file; it is made when it is missing.</param>
    public ExecutionEngineOptions(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = path;
    }

    /// <summary>Creates options that keep executions in a store of the host's. The host disposes it after the engine.</summary>
    /// <param name="store">The store.</param>
    public ExecutionEngineOptions(IExecutionStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        Store = store;
    }

    /// <summary>The SQLite file; <see langword="null"/> when the host gave a store.</summary>
    public string? Path { get; }

    /// <summary>The store of the host's; <see langword="null"/> when executions are kept in a file.</summary>
    public IExecutionStore? Store { get; }

    /// <summary>
    /// What a commit of the SQLite file survives: with <see cref="SqliteSynchronous.Full"/>, the default, a power cut; else the
    /// end of the process. Counts where <see cref="Path"/> is given.
    /// </summary>
    public SqliteSynchronous Synchronous { get; set; } = SqliteSynchronous.Full;

    /// <summary>
    /// Makes all data unreadable in the SQLite file, as <see cref="SqliteStoreOptions.Protector"/> says. None by default. For
    /// where <see cref="Path"/> is given: a store of the host's has its own.
    /// </summary>
    public ISecretProtector? Protector { get; set; }

    /// <summary>The clock. <see cref="TimeProvider.System"/> by default.</summary>
    public TimeProvider Time
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = TimeProvider.System;

    /// <summary>Where the engine and actions write their logs. Nowhere by default.</summary>
    public ILoggerFactory Loggers
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = NullLoggerFactory.Instance;

    /// <summary>The services of the host: each run of an action gets a scope of them. None by default.</summary>
    public IServiceProvider? Services { get; set; }

    /// <summary>How many bodies of actions run at once. 16 for each processor by default.</summary>
    public int MaximumParallelActions
    {
        get;
        set => field = Positive(value);
    } = 16 * Environment.ProcessorCount;

    /// <summary>How many calls that change something the engine works on at once; further ones wait for their turn. 4,096 by default.</summary>
    public int MaximumPendingCalls
    {
        get;
        set => field = Positive(value);
    } = 4096;

    /// <summary>How many executions that have nothing to do stay in memory, to be at hand when something comes for them. 1,000 by default.</summary>
    public int MaximumExecutionsAtRest
    {
        get;
        set => field = NotNegative(value);
    } = 1000;

    /// <summary>How many timers are read ahead into memory. 10,000 by default.</summary>
    public int TimerWindow
    {
        get;
        set => field = Positive(value);
    } = 10_000;

    /// <summary>How many bytes of JSON an input, a result or a published value can have. 16 MiB by default.</summary>
    public int MaximumPayloadBytes
    {
        get;
        set => field = Positive(value);
    } = 16 * 1024 * 1024;

    /// <summary>How many items a task can have. 1,000,000 by default.</summary>
    public int MaximumItems
    {
        get;
        set => field = Positive(value);
    } = 1_000_000;

    /// <summary>How deep workflows can nest. 64 by default.</summary>
    public int MaximumNesting
    {
        get;
        set => field = Positive(value);
    } = 64;

    /// <summary>How many tasks one workflow execution can have in all. 10,000,000 by default.</summary>
    public int MaximumTasks
    {
        get;
        set => field = Positive(value);
    } = 10_000_000;

    /// <summary>
    /// How long another engine on the same store waits for a sign of life of this one before it takes its executions over.
    /// It is given three times in this time. 30 seconds by default.
    /// </summary>
    public TimeSpan LeaseDuration
    {
        get;
        set => field = value >= TimeSpan.FromSeconds(1) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A lease lasts a second at least.");
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long what has ended is kept: the engine purges soon after it was opened and then once an hour, with the renewal of
    /// its lease. Everything is kept by default, until <see cref="ExecutionEngine.PurgeAsync"/> or
    /// <see cref="ExecutionEngine.DeleteAsync"/>.
    /// </summary>
    public RetentionPolicy? Retention { get; set; }

    /// <summary>How long closing the engine waits for running actions that were told to stop. 10 seconds by default.</summary>
    public TimeSpan ShutdownDeadline
    {
        get;
        set => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A deadline cannot lie in the past.");
    } = TimeSpan.FromSeconds(10);

    internal SecretNames SecretNames { get; private set; } = SecretNames.None;

    internal Dictionary<string, int> ParallelActionsByTarget { get; } = new(StringComparer.Ordinal);

    /// <summary>Gives the actions of a <c>target</c> a queue of their own. See "target" in Mistral's description of the workflow language.</summary>
    /// <param name="target">The target as tasks name it.</param>
    /// <param name="maximumParallelActions">How many of its bodies run at once.</param>
    /// <returns>These options.</returns>
    public ExecutionEngineOptions AddTarget(string target, int maximumParallelActions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(target);
        ParallelActionsByTarget[target] = Positive(maximumParallelActions);
        return this;
    }

    /// <summary>
    /// Says which names are those of secrets: of inputs, of variables, and of members of any data that executions have, in
    /// workflows of every kind. What stands below such a name is kept out of logs, traces, state infos and the texts of
    /// exceptions.
    /// </summary>
    /// <param name="patterns">Names in which <c>*</c> stands for any characters; upper and lower case are the same.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">A pattern has no character but <c>*</c>.</exception>
    public ExecutionEngineOptions AddSecretNames(params string[] patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        SecretNames = SecretNames.With(patterns);
        return this;
    }

    /// <summary>Takes a clock and logs where the host gave none.</summary>
    internal void UseDefaults(TimeProvider? time, ILoggerFactory? loggers)
    {
        Time = Time == TimeProvider.System && time is not null ? time : Time;
        Loggers = Loggers == NullLoggerFactory.Instance && loggers is not null ? loggers : Loggers;
    }

    private static int Positive(int value, [CallerMemberName] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, name);
        return value;
    }

    private static int NotNegative(int value, [CallerMemberName] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        return value;
    }
}
