using Mistral.Executions.Runtime;

namespace Mistral.Executions;

/// <content>What has ended: how long it is kept, and copies of all there is.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>
    /// Deletes executions that have ended and that a policy no longer keeps, the oldest first and one tree after the other, so
    /// that the engine is never held up; and gives the room that they took back to the file system.
    /// </summary>
    /// <param name="policy">What is kept.</param>
    /// <param name="cancellationToken">Ends the purge between two executions; what is deleted by then stays deleted.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">The policy has no limit, or one that cannot be kept.</exception>
    /// <exception cref="StoreException">The store or the archive cannot be written.</exception>
    /// <exception cref="EngineClosedException">The engine is closed.</exception>
    public Task<PurgeResult> PurgeAsync(RetentionPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        policy.Check();
        _runtime.ThrowWhenClosed();
        return RetentionWork.PurgeAsync(_runtime, policy, cancellationToken);
    }

    /// <summary>Copies the SQLite file, as it is at this moment, while the engine goes on. The copy is whole or not there at all, and can be opened as a store.</summary>
    /// <param name="path">The file to make. Its directory must exist.</param>
    /// <param name="overwrite">Whether a file of that name is replaced.</param>
    /// <param name="cancellationToken">Gives the copying up; what was made of the copy is deleted.</param>
    /// <returns>A task that ends when the copy is on disk.</returns>
    /// <exception cref="NotSupportedException">Executions are not kept in a SQLite file.</exception>
    /// <exception cref="StoreException">There is a file of that name, or one of the two cannot be used.</exception>
    public Task BackupAsync(string path, bool overwrite = false, CancellationToken cancellationToken = default) => _runtime.Store is SqliteExecutionStore file
        ? file.BackupAsync(path, overwrite, cancellationToken)
        : throw new NotSupportedException("Only a SQLite file can be copied. Another store has its own way of making backups.");
}
