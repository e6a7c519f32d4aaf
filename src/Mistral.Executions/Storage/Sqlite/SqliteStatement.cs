using System.Buffers;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Mistral.Executions;

/// <summary>A statement that is prepared once. Values are bound in the order of its parameters, then it is run.</summary>
internal sealed class SqliteStatement : IDisposable
{
    // Above this size, what a statement has bound is let go when it has run.
    private const int LargeValue = 64 * 1024;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private int _bound;
    private bool _holdsLargeValue;

    public SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public void Dispose() => _statement.Dispose();

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    public SqliteStatement Bind(bool value) => Bind(value ? 1L : 0L);

    public SqliteStatement Bind(DateTimeOffset value) => Bind(value.UtcTicks);

    public SqliteStatement Bind(DateTimeOffset? value) => value is { } time ? Bind(time.UtcTicks) : BindNull();

    public SqliteStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    /// <summary>Binds a text, an id among them, as <see cref="SqliteText"/> says.</summary>
    public SqliteStatement Bind(string? text)
    {
        if (text is null)
        {
            return BindNull();
        }

        var size = SqliteText.MaximumSize(text);
        if (size <= 512)
        {
            return BindEncoded(text, stackalloc byte[512]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(size);
        BindEncoded(text, rented);
        ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    /// <summary>Binds UTF-8 text as it is.</summary>
    public SqliteStatement Bind(ReadOnlySpan<byte> utf8)
    {
        _holdsLargeValue |= utf8.Length > LargeValue;
        Check(raw.sqlite3_bind_text(_statement, ++_bound, utf8));
        return this;
    }

    /// <summary>Binds bytes.</summary>
    public SqliteStatement BindBlob(ReadOnlySpan<byte> bytes)
    {
        _holdsLargeValue |= bytes.Length > LargeValue;
        Check(raw.sqlite3_bind_blob(_statement, ++_bound, bytes));
        return this;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        var code = raw.sqlite3_step(_statement);
        var failure = code == raw.SQLITE_DONE ? null : Failure(code);
        var changed = failure is null ? raw.sqlite3_changes(_connection) : 0;
        Reset();
        return failure is null ? changed : throw failure;
    }

    /// <summary>Runs a statement that gives one row of integers, or none.</summary>
    /// <returns>Whether there is a row.</returns>
    public bool TryRead(Span<long> integers)
    {
        var code = raw.sqlite3_step(_statement);
        for (var i = 0; code == raw.SQLITE_ROW && i < integers.Length; i++)
        {
            integers[i] = raw.sqlite3_column_int64(_statement, i);
        }

        var failure = code is raw.SQLITE_ROW or raw.SQLITE_DONE ? null : Failure(code);
        Reset();
        return failure is null ? code == raw.SQLITE_ROW : throw failure;
    }

    /// <summary>Forgets what was bound so far, when the rest cannot be.</summary>
    public void Reset()
    {
        _bound = 0;
        raw.sqlite3_reset(_statement);
        if (_holdsLargeValue)
        {
            raw.sqlite3_clear_bindings(_statement);
            _holdsLargeValue = false;
        }
    }

    private SqliteStatement BindEncoded(string text, Span<byte> buffer)
    {
        var value = buffer[..SqliteText.Encode(text, buffer, out var isBlob)];
        _holdsLargeValue |= value.Length > LargeValue;
        Check(isBlob ? raw.sqlite3_bind_blob(_statement, ++_bound, value)
            : value.IsEmpty ? raw.sqlite3_bind_text(_statement, ++_bound, "")
            : raw.sqlite3_bind_text(_statement, ++_bound, value));
        return this;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failure(code);
        }
    }

    private SqliteException Failure(int code) => SqliteFailure.Of(_connection, code);
}
