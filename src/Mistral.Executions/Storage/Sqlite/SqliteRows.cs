using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Mistral.Executions;

/// <summary>Reads rows. Parameters are Dapper's; each row is made into a record by hand, for a column can be text in one row and bytes in the next.</summary>
internal static class SqliteRows
{
    public static List<T> All<T>(SqliteConnection connection, string sql, object parameters, Func<DbDataReader, T> read)
    {
        using var rows = (DbDataReader)connection.ExecuteReader(sql, parameters);
        var all = new List<T>();
        while (rows.Read())
        {
            all.Add(read(rows));
        }

        return all;
    }

    public static T? FirstOrDefault<T>(SqliteConnection connection, string sql, object parameters, Func<DbDataReader, T> read)
        where T : class
    {
        using var rows = (DbDataReader)connection.ExecuteReader(sql, parameters);
        return rows.Read() ? read(rows) : null;
    }
}
