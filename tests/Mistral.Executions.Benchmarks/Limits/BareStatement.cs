using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Mistral.Executions.Benchmarks.Limits;

/// <summary>A prepared statement and nothing around it.</summary>
internal sealed class BareStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    public BareStatement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public BareStatement Bind(int place, ReadOnlySpan<byte> id)
    {
        raw.sqlite3_bind_blob(_statement, place, id);
        return this;
    }

    public BareStatement BindText(int place, ReadOnlySpan<byte> utf8)
    {
        raw.sqlite3_bind_text(_statement, place, utf8);
        return this;
    }

    public BareStatement Bind(int place, long value)
    {
        raw.sqlite3_bind_int64(_statement, place, value);
        return this;
    }

    public void Run()
    {
        var code = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        Check(code == raw.SQLITE_DONE ? raw.SQLITE_OK : code);
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(_connection).utf8_to_string(), code);
        }
    }
}
