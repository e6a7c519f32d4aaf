using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Mistral.Executions;

/// <summary>The file of a store: makes connections to it, set as the store needs them.</summary>
internal sealed class SqliteFile
{
    private const int WriterCacheKibibytes = 32 * 1024;

    private readonly SqliteStoreOptions _options;

    public SqliteFile(SqliteStoreOptions options)
    {
        _options = options;
        Path = System.IO.Path.GetFullPath(options.Path);
    }

    public string Path { get; }

    /// <summary>Opens the file for writing; creates it, and leads its schema forward, when need be.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public SqliteConnection OpenForWriting(IReadOnlyList<string> migrations, SqliteProtection protection)
    {
        if (System.IO.Path.GetDirectoryName(Path) is { } directory && !Directory.Exists(directory))
        {
            throw new StoreException(
                CommitRefusal.Failed, $"The store '{Path}' cannot be created: its directory '{directory}' does not exist. Create it, or give another path.");
        }

        CheckLog();
        return Open(SqliteOpenMode.ReadWriteCreate, connection =>
        {
            if (raw.sqlite3_db_readonly(connection.Handle!, "main") != 0)
            {
                throw new StoreException(
                    CommitRefusal.ReadOnly, $"The store '{Path}' can only be read. Give the process the right to write the file and its directory.");
            }

            SqliteMigration.Check(connection, Path, migrations);
            if (Integer(connection, "PRAGMA user_version") == migrations.Count)
            {
                // Before anything is written, for the header of the file is by what follows.
                protection.Check(connection, Path);
            }

            // Counts only for a file that is still empty; in any other it would be written, and wait for whoever writes.
            if (Integer(connection, "PRAGMA user_version") == 0)
            {
                Execute(connection, "PRAGMA auto_vacuum = INCREMENTAL");
            }

            if (Scalar(connection, "PRAGMA journal_mode = WAL") is not "wal")
            {
                throw new StoreException(
                    CommitRefusal.Failed, $"The store '{Path}' cannot be used: its file system does not allow a write-ahead log. Keep it on a local disk.");
            }

            Execute(connection, $"PRAGMA synchronous = {_options.Synchronous}; PRAGMA cache_size = -{WriterCacheKibibytes}");
            SqliteMigration.Apply(connection, Path, migrations, protection);
            protection.Check(connection, Path);
        });
    }

    /// <summary>Opens the file for reading.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public SqliteConnection OpenForReading() => Open(SqliteOpenMode.ReadOnly, _ => { });

    /// <summary>Looks whether the file is a store that this library can read.</summary>
    /// <exception cref="StoreException">It is not.</exception>
    public void CheckForReading(IReadOnlyList<string> migrations, SqliteProtection protection)
    {
        if (!File.Exists(Path))
        {
            throw new StoreException(CommitRefusal.Failed, $"There is no store at '{Path}'. Give the path of the file that the application opens.");
        }

        CheckLog();
        Open(SqliteOpenMode.ReadOnly, connection =>
        {
            SqliteMigration.CheckForReading(connection, Path, migrations);
            protection.Check(connection, Path);
        }).Dispose();
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public static long Integer(SqliteConnection connection, string sql) =>
        Convert.ToInt64(Scalar(connection, sql), CultureInfo.InvariantCulture);

    /// <summary>
    /// The index of the write-ahead log lives as long as the log, also when its process is killed: SQLite makes it later and
    /// deletes it first. Alone it says that somebody has taken the log away, and with it what was committed last.
    /// </summary>
    private void CheckLog()
    {
        if (IsLogMissing() && IsLogMissing())
        {
            throw new StoreException(
                CommitRefusal.Failed,
                $"The store '{Path}' cannot be used: its write-ahead log '{Path}-wal' is missing, and with it what was committed last. Put it back; or delete '{Path}-shm', to go on with what is in the file itself.");
        }

        bool IsLogMissing() => File.Exists(Path + "-shm") && !File.Exists(Path + "-wal");
    }

    private SqliteConnection Open(SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(_options.BusyTimeout.TotalSeconds)),
        }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle!, (int)_options.BusyTimeout.TotalMilliseconds);
            prepare(connection);
            return connection;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw SqliteFailure.ToStoreException(failure, Path);
        }
        catch (StoreException)
        {
            connection.Dispose();
            throw;
        }
    }
}
