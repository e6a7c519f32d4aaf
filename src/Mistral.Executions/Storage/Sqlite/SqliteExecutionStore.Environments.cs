using System.Data.Common;
using Dapper;

namespace Mistral.Executions;

/// <content>Environments by name.</content>
public sealed partial class SqliteExecutionStore
{
    private const string Environments = "SELECT name, variables, description, created_at, updated_at FROM environments";

    /// <inheritdoc/>
    public Task WriteEnvironmentAsync(StoredEnvironment environment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return WriteAsync(
            connection => connection.Execute(
                """
                INSERT INTO environments (name, variables, description, created_at, updated_at)
                VALUES (@name, @variables, @description, @createdAt, @updatedAt)
                ON CONFLICT (name) DO UPDATE SET variables = excluded.variables, description = excluded.description, updated_at = excluded.updated_at
                """,
                SqliteParameters.Of(
                    ("name", SqliteText.ToParameter(environment.Name)),
                    ("variables", _protection.ToParameter(environment.Variables)),
                    ("description", _protection.ToParameter(environment.Description)),
                    ("createdAt", environment.CreatedAt.UtcTicks),
                    ("updatedAt", environment.UpdatedAt.UtcTicks))),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StoredEnvironment?> ReadEnvironmentAsync(string name, CancellationToken cancellationToken) =>
        ReadFirstAsync($"{Environments} WHERE name = @id", name, Environment, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredEnvironment>> ReadEnvironmentsAsync(CancellationToken cancellationToken)
    {
        var found = await Readers.ReadAsync(reader => reader.All(Environments, Environment), cancellationToken).ConfigureAwait(false);
        return [.. found.OrderBy(e => e.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public Task<bool> DeleteEnvironmentAsync(string name, CancellationToken cancellationToken) =>
        WriteAsync(
            connection => connection.Execute("DELETE FROM environments WHERE name = @name", SqliteParameters.Of(("name", SqliteText.ToParameter(name)))) > 0,
            cancellationToken);

    private StoredEnvironment Environment(DbDataReader row) => new(
        SqliteRecords.Text(row, 0)!,
        SqliteJson.ReadMap(_protection.Json(row, 1)),
        _protection.Text(row, 2)!,
        SqliteRecords.Time(row, 3)!.Value,
        SqliteRecords.Time(row, 4)!.Value);
}
