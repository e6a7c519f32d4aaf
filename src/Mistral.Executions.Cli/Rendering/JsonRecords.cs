using System.Globalization;

namespace Mistral.Executions.Cli.Rendering;

/// <summary>Records as JSON for programs. Names and forms stay the same from version to version.</summary>
internal static class JsonRecords
{
    public static JsonData Of(IExecution execution) => execution switch
    {
        WorkflowExecution workflow => Of(workflow),
        TaskExecution task => Of(task),
        ActionExecution action => Of(action),
        _ => throw new ArgumentOutOfRangeException(nameof(execution)),
    };

    public static JsonData Of(HistoryEntry entry) => JsonMap.Create(
        ("at", Time(entry.At)), ("event", entry.Event), ("execution_id", entry.ExecutionId), ("reason", entry.Reason));

    public static JsonData Of(Explanation explanation) => JsonMap.Create(
        ("kind", Lower(explanation.Kind.ToString())),
        ("id", explanation.Id),
        ("name", explanation.Name),
        ("state", explanation.State?.ToWireName()),
        ("reason", Lower(explanation.Reason.ToString())),
        ("sentence", explanation.Sentence),
        ("since", Time(explanation.Since)),
        ("due_at", Time(explanation.DueAt)),
        ("has_more", explanation.HasMore),
        ("children", List(explanation.Children.Select(Of))));

    public static JsonData List(IEnumerable<JsonData> items) => JsonList.Create(items);

    public static JsonData List(IEnumerable<string> items) => JsonList.Create(items.Select(i => (JsonData)i));

    public static JsonData Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The name of a member of an enumeration, in the form of all other names.</summary>
    public static string Lower(string name) =>
        string.Concat(name.Select((c, place) => char.IsUpper(c) ? (place == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));

    private static JsonMap Of(WorkflowExecution workflow) => JsonMap.Create(
        ("kind", "workflow"),
        ("id", workflow.Id),
        ("name", workflow.Name),
        ("namespace", workflow.Namespace),
        ("state", workflow.State.ToWireName()),
        ("state_info", workflow.StateInfo),
        ("root_execution_id", workflow.RootExecutionId),
        ("task_execution_id", workflow.TaskExecutionId),
        ("definition_hash", workflow.DefinitionHash),
        ("description", workflow.Description),
        ("tags", List(workflow.Tags)),
        ("task_count", workflow.TaskCount),
        ("created_at", Time(workflow.CreatedAt)),
        ("updated_at", Time(workflow.UpdatedAt)),
        ("finished_at", Time(workflow.FinishedAt)),
        ("input", workflow.Input),
        ("environment", workflow.Environment),
        ("output", workflow.Output));

    private static JsonMap Of(TaskExecution task) => JsonMap.Create(
        ("kind", "task"),
        ("id", task.Id),
        ("name", task.Name),
        ("workflow_name", task.WorkflowName),
        ("state", task.State.ToWireName()),
        ("state_info", task.StateInfo),
        ("error_handled", task.ErrorHandled),
        ("workflow_execution_id", task.WorkflowExecutionId),
        ("root_execution_id", task.RootExecutionId),
        ("tags", List(task.Tags)),
        ("ordinal", task.Ordinal),
        ("is_join", task.IsJoin),
        ("retry_number", task.RetryNumber),
        ("items", task.Items is { } items
            ? JsonMap.Create(("count", items.Count), ("running", items.Running), ("succeeded", items.Succeeded), ("failed", items.Failed), ("cancelled", items.Cancelled))
            : JsonData.Null),
        ("next_tasks", task.NextTasks is null ? JsonData.Null : List(task.NextTasks.Select(n => n.Name))),
        ("created_at", Time(task.CreatedAt)),
        ("started_at", Time(task.StartedAt)),
        ("updated_at", Time(task.UpdatedAt)),
        ("finished_at", Time(task.FinishedAt)),
        ("published", task.Published));

    private static JsonMap Of(ActionExecution action) => JsonMap.Create(
        ("kind", "action"),
        ("id", action.Id),
        ("name", action.Name),
        ("namespace", action.Namespace),
        ("state", action.State.ToWireName()),
        ("state_info", action.StateInfo),
        ("task_execution_id", action.TaskExecutionId),
        ("workflow_execution_id", action.WorkflowExecutionId),
        ("root_execution_id", action.RootExecutionId),
        ("accepted", action.Accepted),
        ("index", action.Index),
        ("attempt", action.Attempt),
        ("is_outside", action.IsOutside),
        ("target", action.Target),
        ("created_at", Time(action.CreatedAt)),
        ("started_at", Time(action.StartedAt)),
        ("finished_at", Time(action.FinishedAt)),
        ("input", action.Input),
        ("output", action.Output));
}
