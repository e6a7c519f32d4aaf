using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Mistral.Executions;

/// <summary>What an error of SQLite means to a store.</summary>
internal static class SqliteFailure
{
    public static SqliteException Of(sqlite3 connection, int code)
    {
        var extended = raw.sqlite3_extended_errcode(connection);
        var message = $"SQLite error {extended}: {raw.sqlite3_errmsg(connection).utf8_to_string()}";
        return new SqliteException(message, code & 0xff, (extended & 0xff) == (code & 0xff) ? extended : code);
    }

    public static CommitRefusal RefusalOf(SqliteException failure) => failure.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => CommitRefusal.Full,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => CommitRefusal.Busy,
        raw.SQLITE_READONLY => CommitRefusal.ReadOnly,
        raw.SQLITE_TOOBIG or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH => CommitRefusal.Invalid,
        _ => CommitRefusal.Failed,
    };

    /// <summary>Whether the connection can no longer be trusted.</summary>
    public static bool BreaksConnection(SqliteException failure) =>
        RefusalOf(failure) is CommitRefusal.Failed or CommitRefusal.ReadOnly;

    /// <summary>A failure to read or write as the callers of a store see it. One that is not SQLite's own comes from a value that no store has written.</summary>
    public static StoreException ToStoreException(Exception failure, string path) => failure is SqliteException error
        ? ToStoreException(error, path)
        : new StoreException(
            CommitRefusal.Failed,
            $"The store '{path}' cannot be used: a row of it is damaged. Restore it from a backup, or recover what can be read with the sqlite3 tool. ({failure.Message})",
            failure);

    /// <summary>The failure as the callers of a store see it: what happened, to which file, and what to do.</summary>
    public static StoreException ToStoreException(SqliteException failure, string path)
    {
        var refusal = RefusalOf(failure);
        var advice = (refusal, failure.SqliteErrorCode) switch
        {
            (CommitRefusal.Full, _) => "there is no room on its disk. Make room; no restart is needed.",
            (CommitRefusal.Busy, _) => "another process holds it locked for longer than the busy timeout. End what holds it, or wait longer.",
            (CommitRefusal.ReadOnly, _) => "it can only be read. Give the process the right to write the file and its directory.",
            (CommitRefusal.Invalid, _) => "a value is too large or breaks a rule of the schema.",
            (_, raw.SQLITE_NOTADB) => "it is no SQLite database. Give another path, or move the file away.",
            (_, raw.SQLITE_CORRUPT) => "it is damaged. Restore it from a backup, or recover what can be read with the sqlite3 tool.",
            (_, raw.SQLITE_CANTOPEN) => "it cannot be opened. Look at the path and the rights of the process.",
            _ => "reading or writing it failed. Look at the disk and the rights of the process.",
        };
        return new StoreException(refusal, $"The store '{path}' cannot be used: {advice} ({failure.Message})", failure);
    }
}
