using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Mistral.Executions;

/// <content>Copies of the file, and whether it is sound.</content>
public sealed partial class SqliteExecutionStore
{
    // Each finds rows that nothing leads to.
    private static readonly (string Sql, string Fault)[] Orphans =
    [
        ("SELECT id FROM task_executions AS row WHERE NOT EXISTS (SELECT 1 FROM workflow_executions WHERE id = row.workflow_execution_id)",
            "the workflow execution of the task execution '{0}' is missing"),
        ("SELECT id FROM action_executions AS row WHERE task_execution_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM task_executions WHERE id = row.task_execution_id)",
            "the task execution of the action execution '{0}' is missing"),
        ("SELECT id FROM workflow_executions AS row WHERE task_execution_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM task_executions WHERE id = row.task_execution_id)",
            "the task execution of the workflow execution '{0}' is missing"),
        ("SELECT id FROM workflow_executions AS row WHERE root_id IS NULL AND state < 5 AND NOT EXISTS (SELECT 1 FROM trees WHERE id = row.id)",
            "nothing owns the workflow execution '{0}'"),
        ("SELECT id FROM workflow_executions AS row WHERE NOT EXISTS (SELECT 1 FROM definitions WHERE hash = row.definition_hash)",
            "the definition of the workflow execution '{0}' is missing"),
        ("SELECT id FROM trees WHERE NOT EXISTS (SELECT 1 FROM workflow_executions WHERE id = trees.id) AND NOT EXISTS (SELECT 1 FROM action_executions WHERE id = trees.id)",
            "the execution '{0}' is owned, but missing"),
        ("SELECT id FROM trees WHERE NOT EXISTS (SELECT 1 FROM engines WHERE key = trees.owner)",
            "the engine that owns the execution '{0}' is missing"),
        ("SELECT tree_id FROM timers WHERE NOT EXISTS (SELECT 1 FROM trees WHERE id = timers.tree_id)",
            "a timer is set for the execution '{0}', which is missing"),
    ];

    /// <summary>
    /// Copies the store, as it is at this moment, to another file while engines go on. The copy is whole or not there at all,
    /// holds no free room, and can be opened as a store.
    /// </summary>
    /// <param name="path">The file to make. Its directory must exist.</param>
    /// <param name="overwrite">Whether a file of that name is replaced.</param>
    /// <param name="cancellationToken">Gives the copying up; what was made of the copy is deleted.</param>
    /// <returns>A task that ends when the copy is on disk.</returns>
    /// <exception cref="StoreException">There is a file of that name, or one of the two cannot be used.</exception>
    public Task BackupAsync(string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _ = Readers;
        var target = Path.GetFullPath(path);
        if (target == _file.Path || (!overwrite && File.Exists(target)))
        {
            throw new StoreException(CommitRefusal.Invalid, $"The backup '{target}' exists already. Give another path, or say that it is to be overwritten.");
        }

        // It takes as long as the file is large: a thread of its own.
        return Task.Factory.StartNew(() => Backup(target, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>
    /// Looks whether the file is sound: whether SQLite finds its pages and indexes right, and whether all that its rows lead to is
    /// there. It reads the whole file, and holds no engine up.
    /// </summary>
    /// <param name="cancellationToken">Gives the reading up before it begins.</param>
    /// <returns>What is wrong, a sentence each; empty when all is right.</returns>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken = default) =>
        Readers.ReadAsync<IReadOnlyList<string>>(
            reader => reader.InSnapshot(r =>
            {
                var faults = r.All("PRAGMA integrity_check(100)", row => row.GetString(0));
                faults.Remove("ok");
                foreach (var (sql, fault) in Orphans)
                {
                    faults.AddRange(r.All(sql + " LIMIT 100", row => string.Format(System.Globalization.CultureInfo.InvariantCulture, fault, SqliteRecords.Text(row, 0))));
                }

                return faults;
            }),
            cancellationToken);

    private void Backup(string target, CancellationToken cancellationToken)
    {
        var partial = target + ".partial";
        try
        {
            File.Delete(partial);
            using (var connection = _file.OpenForReading())
            {
                using var interruption = cancellationToken.UnsafeRegister(static handle => raw.sqlite3_interrupt((sqlite3)handle!), connection.Handle!);
                using var command = connection.CreateCommand();
                command.CommandText = "VACUUM INTO @path";
                command.Parameters.AddWithValue("@path", partial);
                command.ExecuteNonQuery();
            }

            // SQLite leaves it to the system when the copy gets to the disk.
            using (var file = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite))
            {
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, target, overwrite: true);
        }
        catch (SqliteException failure)
        {
            File.Delete(partial);
            cancellationToken.ThrowIfCancellationRequested();
            throw SqliteFailure.ToStoreException(failure, _file.Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(CommitRefusal.Failed, $"The backup '{target}' cannot be written: {failure.Message}", failure);
        }
    }
}
