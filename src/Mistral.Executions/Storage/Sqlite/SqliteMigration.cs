using Microsoft.Data.Sqlite;

namespace Mistral.Executions;

/// <summary>Leads the schema of a file forward. Script <c>n</c> of the list leads from version <c>n</c> to <c>n + 1</c>; version 0 is an empty file.</summary>
internal static class SqliteMigration
{
    /// <summary>Looks whether the file is one that these scripts can lead forward; writes nothing.</summary>
    /// <exception cref="StoreException">It is not.</exception>
    public static void Check(SqliteConnection connection, string path, IReadOnlyList<string> migrations)
    {
        var (application, version, objects) = Look(connection);
        var isEmpty = application == 0 && version == 0 && objects == 0;
        if (application != SqliteSchema.ApplicationId && !isEmpty)
        {
            throw new StoreException(
                CommitRefusal.Invalid, $"The file '{path}' is a SQLite database of another application. Give another path, or move the file away.");
        }

        if (version < 1 && !isEmpty)
        {
            throw new StoreException(
                CommitRefusal.Failed, $"The store '{path}' cannot be used: it is damaged, for it says of its schema version that it is {version}. Restore it from a backup.");
        }

        if (version > migrations.Count)
        {
            throw new StoreException(
                CommitRefusal.Invalid,
                $"The store '{path}' has schema version {version}; this library knows versions up to {migrations.Count}. Use a newer version of the library. Nothing was written.");
        }
    }

    /// <summary>Looks whether the file is one whose tables are all there.</summary>
    /// <exception cref="StoreException">It is not.</exception>
    public static void CheckForReading(SqliteConnection connection, string path, IReadOnlyList<string> migrations)
    {
        Check(connection, path, migrations);
        if (Look(connection).Version < migrations.Count)
        {
            throw new StoreException(
                CommitRefusal.Invalid,
                $"The store '{path}' has an older schema version than this library reads. Open it once with an engine of this version, which leads it forward.");
        }
    }

    // In one statement: another process may be making the file at this moment, and is seen either before or after.
    private static (long Application, long Version, long Objects) Look(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT (SELECT count(*) FROM sqlite_schema), (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version)";
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetInt64(1), row.GetInt64(2), row.GetInt64(0));
    }

    /// <summary>Runs what is missing in one transaction.</summary>
    /// <exception cref="StoreException">Another process has led the file to a version that these scripts do not know.</exception>
    public static void Apply(SqliteConnection connection, string path, IReadOnlyList<string> migrations, SqliteProtection protection)
    {
        if (SqliteFile.Integer(connection, "PRAGMA user_version") == migrations.Count)
        {
            return;
        }

        using var transaction = connection.BeginTransaction();
        Check(connection, path, migrations);
        var before = (int)SqliteFile.Integer(connection, "PRAGMA user_version");
        for (var version = before; version < migrations.Count; version++)
        {
            SqliteFile.Execute(connection, migrations[version]);
        }

        if (before == 0)
        {
            protection.Begin(connection);
        }

        SqliteFile.Execute(connection, $"PRAGMA application_id = {SqliteSchema.ApplicationId}; PRAGMA user_version = {migrations.Count}");
        transaction.Commit();
    }
}
