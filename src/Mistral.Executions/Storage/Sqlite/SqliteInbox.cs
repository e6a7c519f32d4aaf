using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Mistral.Executions;

/// <summary>What other processes ask the engines of trees to do.</summary>
internal sealed class SqliteInbox(SqliteProtection protection)
{
    /// <summary>The requests without an answer, each with the engine that has its tree.</summary>
    public const string OpenFor = """
        inbox AS row INDEXED BY inbox_open
        LEFT JOIN trees ON trees.id = row.tree_id
        LEFT JOIN engines ON engines.key = trees.owner
        """;

    /// <summary>Whether one of them is for the engine <c>@id</c> at the time <c>@now</c>.</summary>
    public const string IsFor = "row.answered_at IS NULL AND (engines.id IS NULL OR engines.id = @id OR engines.expires_at <= @now OR engines.is_superseded = 1)";

    /// <summary>A request by its id.</summary>
    public const string ById = $"SELECT {Columns} FROM inbox AS row WHERE row.id = @id";

    /// <summary>The requests for an engine.</summary>
    public const string All = $"SELECT {Columns} FROM {OpenFor} WHERE {IsFor} AND (@after IS NULL OR row.id > @after) ORDER BY row.id LIMIT @limit";

    private const string Columns =
        "row.id, row.tree_id, row.execution_id, row.verb, row.reason, row.reset, row.environment, row.sent_at, row.is_done, row.message, row.answered_at";

    private static readonly TimeSpan AnswersAreKept = TimeSpan.FromDays(1);

    public InboxRequest Read(DbDataReader row)
    {
        var id = SqliteRecords.Text(row, 0)!;
        return new()
        {
            Id = id,
            TreeId = SqliteRecords.Text(row, 1)!,
            ExecutionId = SqliteRecords.Text(row, 2)!,
            Verb = (InboxVerb)row.GetInt32(3),
            Reason = protection.Text(row, 4),
            Reset = row.GetBoolean(5),
            Environment = protection.Json(row, 6) is { } environment ? SqliteJson.ReadMap(environment) : null,
            SentAt = SqliteRecords.Time(row, 7)!.Value,
            Answer = SqliteRecords.Time(row, 10) is { } at ? new(id, row.GetBoolean(8), protection.Text(row, 9), at) : null,
        };
    }

    public int Send(SqliteConnection connection, InboxRequest request)
    {
        connection.Execute("DELETE FROM inbox WHERE answered_at < @before", SqliteParameters.Of(("before", (request.SentAt - AnswersAreKept).UtcTicks)));
        return connection.Execute(
            """
            INSERT INTO inbox (id, tree_id, execution_id, verb, reason, reset, environment, sent_at)
            VALUES (@id, @tree, @execution, @verb, @reason, @reset, @environment, @sentAt)
            ON CONFLICT (id) DO NOTHING
            """,
            SqliteParameters.Of(
                ("id", SqliteText.ToParameter(request.Id)),
                ("tree", SqliteText.ToParameter(request.TreeId)),
                ("execution", SqliteText.ToParameter(request.ExecutionId)),
                ("verb", (int)request.Verb),
                ("reason", protection.ToParameter(request.Reason)),
                ("reset", request.Reset),
                ("environment", protection.ToParameter(request.Environment)),
                ("sentAt", request.SentAt.UtcTicks)));
    }

    public int Answer(SqliteConnection connection, InboxAnswer answer) => connection.Execute(
        "UPDATE inbox SET is_done = @isDone, message = @message, answered_at = @at WHERE id = @id AND answered_at IS NULL",
        SqliteParameters.Of(
            ("id", SqliteText.ToParameter(answer.RequestId)),
            ("isDone", answer.IsDone),
            ("message", protection.ToParameter(answer.Message)),
            ("at", answer.At.UtcTicks)));
}
