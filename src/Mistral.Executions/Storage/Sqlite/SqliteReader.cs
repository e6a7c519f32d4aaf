using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Mistral.Executions;

/// <summary>
/// A connection that only reads, and its statements, which are prepared once: for the large ones of a tree that takes
/// longer than running them. Each row is made into a record by hand, for a column can be text in one row and bytes in
/// the next.
/// </summary>
internal sealed class SqliteReader(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    /// <summary>Reads in one transaction, in which all statements see the same state. A reader that fails in it is of no more use.</summary>
    public T InSnapshot<T>(Func<SqliteReader, T> read)
    {
        Prepared("BEGIN", []).ExecuteNonQuery();
        var result = read(this);
        Prepared("COMMIT", []).ExecuteNonQuery();
        return result;
    }

    /// <summary>All rows of a statement, which must be one of a fixed few.</summary>
    public List<T> All<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var rows = Prepared(sql, parameters).ExecuteReader();
        return All(rows, read);
    }

    /// <summary>The first row of a statement, which must be one of a fixed few.</summary>
    public T? FirstOrDefault<T>(string sql, Func<DbDataReader, T?> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : class
    {
        using var rows = Prepared(sql, parameters).ExecuteReader();
        return rows.Read() ? read(rows) : null;
    }

    public static List<T> All<T>(DbDataReader rows, Func<DbDataReader, T> read)
    {
        var all = new List<T>();
        while (rows.Read())
        {
            all.Add(read(rows));
        }

        return all;
    }

    private SqliteCommand Prepared(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in parameters)
            {
                command.Parameters.Add(new SqliteParameter(name, null));
            }

            _prepared.Add(sql, command);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        }

        return command;
    }
}
