using Microsoft.Data.Sqlite;

namespace Mistral.Executions;

/// <summary>Keeps executions in one SQLite file, with a write-ahead log beside it.</summary>
/// <remarks>
/// What was committed survives the process, and with <see cref="SqliteSynchronous.Full"/> a power cut too. Several
/// processes of one machine can open the same file. Keep it on a local disk.
/// </remarks>
public sealed partial class SqliteExecutionStore : IExecutionStore
{
    private readonly SqliteFile _file;
    private readonly SqliteEngineLocks _locks;
    private readonly SqliteProtection _protection;
    private readonly SqliteRecords _records;
    private readonly SqliteInbox _inbox;
    private readonly IReadOnlyList<string> _migrations;
    private readonly bool _isReadOnly;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Lock _claimGate = new();
    private List<SqliteClaim> _claims = [];
    private SqliteWriter? _writer;
    private SqliteReaders? _readers;

    /// <summary>A store of the file at that path, with the usual options.</summary>
    /// <param name="path">The path; the file is created when it is missing, its directory must exist.</param>
    public SqliteExecutionStore(string path)
        : this(new SqliteStoreOptions { Path = path })
    {
    }

    /// <summary>A store with these options.</summary>
    /// <param name="options">The options.</param>
    public SqliteExecutionStore(SqliteStoreOptions options)
        : this(options, SqliteSchema.Migrations)
    {
    }

    internal SqliteExecutionStore(SqliteStoreOptions options, IReadOnlyList<string> migrations)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Path);
        _file = new SqliteFile(options);
        Protector = options.Protector;
        _protection = new SqliteProtection(options.Protector);
        _records = new SqliteRecords(_protection);
        _inbox = new SqliteInbox(_protection);
        _locks = new SqliteEngineLocks(options.Path);
        _migrations = migrations;
        _isReadOnly = options.ReadOnly;
    }

    internal ISecretProtector? Protector { get; }

    private SqliteReaders Readers => _readers ?? throw NotOpen();

    /// <inheritdoc/>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Reading and checking a file takes as long as getting the rest of the engine ready: both go on at once.
            await Task.Factory.StartNew(Open, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return SoundWriter().Commit(group);
        }
        catch (StoreException failure)
        {
            return [.. group.Select(_ => CommitOutcome.Refused(failure.Refusal, failure))];
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<ClaimOutcome> ClaimTreeAsync(string treeId, string engineId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (true)
        {
            // An engine that asks for a tree it has already, which is the usual case, does not wait for the writer.
            var (outcome, isFree) = await Readers.ReadAsync(r => SqliteOwnership.Look(r, treeId, engineId, now), cancellationToken).ConfigureAwait(false);
            if (!isFree)
            {
                return outcome;
            }

            if (await TakeOverAsync(new(treeId, engineId, now), cancellationToken).ConfigureAwait(false))
            {
                return new ClaimOutcome(true, true, engineId, FormerOwnerId: outcome.OwnerId);
            }
        }
    }

    /// <inheritdoc/>
    public Task<LeaseRenewal> RenewLeaseAsync(EngineLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var dead = _locks.Hold(lease.EngineId) ? _locks.TakeDead() : [];
        return WriteAsync(
            c =>
            {
                foreach (var engineId in dead)
                {
                    SqliteOwnership.Release(c, engineId);
                }

                return SqliteOwnership.Renew(c, lease, now);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task ReleaseLeaseAsync(string engineId, CancellationToken cancellationToken)
    {
        await WriteAsync(c => SqliteOwnership.Release(c, engineId), cancellationToken).ConfigureAwait(false);
        _locks.Release(engineId);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteTreeAsync(string treeId, CancellationToken cancellationToken)
    {
        var deletion = new SqliteDeletion(treeId);
        var (isThere, hasMore) = await WriteAsync(c => (deletion.Begin(c), deletion.DeletePieces(c)), cancellationToken).ConfigureAwait(false);

        while (hasMore)
        {
            hasMore = await WriteAsync(deletion.DeletePieces, cancellationToken).ConfigureAwait(false);
        }

        return isThere;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            _readers?.Dispose();
            _writer?.Dispose();
            _locks.Dispose();
            _readers = null;
            _writer = null;
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Open()
    {
        if (_isReadOnly)
        {
            _file.CheckForReading(_migrations, _protection);
        }
        else
        {
            _writer ??= MakeWriter();
        }

        _readers ??= new SqliteReaders(_file);
    }

    private static InvalidOperationException NotOpen() => new("The store is not open: call OpenAsync first, and nothing after DisposeAsync.");

    /// <summary>Takes a tree over, together with all that are to be when the writer is free.</summary>
    /// <returns>False when somebody else was faster.</returns>
    private async Task<bool> TakeOverAsync(SqliteClaim claim, CancellationToken cancellationToken)
    {
        lock (_claimGate)
        {
            _claims.Add(claim);
        }

        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (claim.IsTaken is { } done)
            {
                return done;
            }

            List<SqliteClaim> together;
            lock (_claimGate)
            {
                (together, _claims) = (_claims, []);
            }

            // One that another caller failed with stands in no list any more.
            SoundWriter().TakeOver(together.Contains(claim) ? together : [.. together, claim]);
            return claim.IsTaken!.Value;
        }
        catch (SqliteException failure)
        {
            throw SqliteFailure.ToStoreException(failure, _file.Path);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var writer = SoundWriter();
            try
            {
                return writer.InTransaction(work);
            }
            catch (Exception failure) when (failure is not StoreException)
            {
                throw SqliteFailure.ToStoreException(failure, _file.Path);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The writer, made anew when a failure has left its connection in doubt.</summary>
    private SqliteWriter SoundWriter()
    {
        if (_isReadOnly && _readers is not null)
        {
            throw new StoreException(CommitRefusal.ReadOnly, $"The store '{_file.Path}' was opened for reading only.");
        }

        var writer = _writer ?? throw NotOpen();
        if (writer.IsBroken)
        {
            var sound = MakeWriter();
            writer.Dispose();
            _writer = writer = sound;
        }

        return writer;
    }

    private SqliteWriter MakeWriter()
    {
        var connection = _file.OpenForWriting(_migrations, _protection);
        try
        {
            return new SqliteWriter(connection, _protection);
        }
        catch (SqliteException failure)
        {
            // The file says that it has the tables and columns of this version, and has not.
            connection.Dispose();
            throw SqliteFailure.ToStoreException(failure, _file.Path);
        }
    }
}
