using System.Data.Common;

namespace Mistral.Executions;

/// <summary>Makes records of rows whose columns are those of <see cref="SqliteColumns"/>, in that order.</summary>
internal sealed class SqliteRecords(SqliteProtection protection)
{
    public WorkflowExecution Workflow(DbDataReader row)
    {
        var id = Text(row, 0)!;
        return new WorkflowExecution
        {
            Id = id,
            TaskExecutionId = Text(row, 1),
            RootExecutionId = Text(row, 2) ?? id,
            Name = Text(row, 3)!,
            Namespace = Text(row, 4) ?? "",
            DefinitionHash = Text(row, 5)!,
            Index = row.GetInt32(6),
            CreatedAt = Time(row, 7)!.Value,
            Tags = SqliteJson.ReadTexts(Plain(row, 8)),
            Input = SqliteJson.ReadMap(protection.Json(row, 9)),
            Parameters = SqliteJson.ReadMap(protection.Json(row, 10)),
            State = StateOf(row.GetInt32(11)),
            Accepted = row.GetBoolean(12),
            TaskCount = row.GetInt32(13),
            UpdatedAt = Time(row, 14)!.Value,
            FinishedAt = Time(row, 15),
            StateInfo = protection.Text(row, 16),
            Backlog = SqliteJson.ReadCommands(protection.Json(row, 17)),
            Environment = SqliteJson.ReadMap(protection.Json(row, 18)),
            Context = SqliteJson.ReadMap(protection.Json(row, 19)),
            Output = SqliteJson.ReadMap(protection.Json(row, 20)),
            Description = protection.Text(row, 21) ?? "",
        };
    }

    public TaskExecution Task(DbDataReader row)
    {
        var workflowExecutionId = Text(row, 1)!;
        return new TaskExecution
        {
            Id = Text(row, 0)!,
            WorkflowExecutionId = workflowExecutionId,
            RootExecutionId = Text(row, 2) ?? workflowExecutionId,
            Name = Text(row, 3)!,
            WorkflowName = Text(row, 4)!,
            Type = (TaskExecutionType)row.GetInt32(5),
            IsJoin = row.GetBoolean(6),
            Ordinal = row.GetInt32(7),
            CreatedAt = Time(row, 8)!.Value,
            Tags = SqliteJson.ReadTexts(Plain(row, 9)),
            State = StateOf(row.GetInt32(11)),
            Processed = row.GetBoolean(12),
            ErrorHandled = row.GetBoolean(13),
            RetryNumber = row.GetInt32(14),
            PolicyProgress = (TaskPolicyProgress)row.GetInt32(15),
            StartedAt = Time(row, 16),
            UpdatedAt = Time(row, 17)!.Value,
            FinishedAt = Time(row, 18),
            InboundContext = Origin(Text(row, 19), row.GetInt32(20), protection.Json(row, 25)),
            Items = SqliteJson.ReadItems(Plain(row, 21)),
            TriggeredBy = SqliteJson.ReadTriggers(Plain(row, 22)),
            NextTasks = SqliteJson.ReadNextTasks(Plain(row, 23)),
            StateInfo = protection.Text(row, 24),
            Published = SqliteJson.ReadMap(protection.Json(row, 26)),
        };
    }

    public ActionExecution Action(DbDataReader row)
    {
        var workflowExecutionId = Text(row, 2);
        return new ActionExecution
        {
            Id = Text(row, 0)!,
            TaskExecutionId = Text(row, 1),
            WorkflowExecutionId = workflowExecutionId,
            RootExecutionId = Text(row, 3) ?? workflowExecutionId,
            Name = Text(row, 4)!,
            Namespace = Text(row, 5) ?? "",
            Target = Text(row, 6),
            Index = row.GetInt32(7),
            CreatedAt = Time(row, 8)!.Value,
            Input = SqliteJson.ReadMap(protection.Json(row, 9)),
            State = StateOf(row.GetInt32(10)),
            Accepted = row.GetBoolean(11),
            Attempt = row.GetInt32(12),
            IsOutside = row.GetBoolean(13),
            IsSafeToRerun = row.GetBoolean(14),
            StartedAt = Time(row, 15),
            FinishedAt = Time(row, 16),
            StateInfo = protection.Text(row, 17),
            Output = SqliteJson.ReadMap(protection.Json(row, 18)),
        };
    }

    /// <summary>A row of <c>id, tree_id, execution_id, kind, due_at, data</c>.</summary>
    public ExecutionTimer Timer(DbDataReader row) => new()
    {
        Id = Text(row, 0)!,
        TreeId = Text(row, 1)!,
        ExecutionId = Text(row, 2)!,
        Kind = (TimerKind)row.GetInt32(3),
        DueAt = Time(row, 4)!.Value,
        Data = protection.Json(row, 5) is { } data ? JsonData.Parse(data) : JsonData.Null,
    };

    public static string? Text(DbDataReader row, int column) => SqliteText.FromValue(row.GetValue(column));

    public static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);

    private static ContextOrigin Origin(string? taskExecutionId, int depth, byte[]? snapshot) =>
        taskExecutionId is null && depth == 0 && snapshot is null
            ? ContextOrigin.Empty
            : new ContextOrigin
            {
                TaskExecutionId = taskExecutionId,
                Depth = depth,
                Snapshot = snapshot is null ? null : JsonData.Parse(snapshot).AsObject(),
            };

    private static byte[]? Plain(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    private static ExecutionState StateOf(int number) => (uint)number <= (uint)ExecutionState.Skipped
        ? (ExecutionState)number
        : throw new FormatException($"There is no state with the number {number}.");
}
