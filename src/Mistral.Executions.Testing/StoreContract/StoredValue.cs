namespace Mistral.Executions.Testing;

/// <summary>Compares and shows what stores give: records are the same when every field is, lists among them item by item.</summary>
internal static class StoredValue
{
    public static bool AreEqual<T>(T left, T right) => (left, right) switch
    {
        (WorkflowExecution one, WorkflowExecution other) => WithoutLists(one) == WithoutLists(other) && one.Tags.SequenceEqual(other.Tags) && one.Backlog.SequenceEqual(other.Backlog),
        (TaskExecution one, TaskExecution other) => WithoutLists(one) == WithoutLists(other)
            && one.Tags.SequenceEqual(other.Tags)
            && one.TriggeredBy.SequenceEqual(other.TriggeredBy)
            && (one.NextTasks is null) == (other.NextTasks is null)
            && (one.NextTasks ?? []).SequenceEqual(other.NextTasks ?? [])
            && AreEqual(one.Items, other.Items),
        (ItemProgress one, ItemProgress other) => one with { Again = [] } == other with { Again = [] } && one.Again.SequenceEqual(other.Again),
        _ => EqualityComparer<T>.Default.Equals(left, right),
    };

    public static string TextOf<T>(T value) => value switch
    {
        null => "nothing",
        string text => $"'{text}'",
        IExecution => JsonData.FromObject<object>(value).ToString(),
        _ => value.ToString() ?? "",
    };

    private static WorkflowExecution WithoutLists(WorkflowExecution workflow) => workflow with { Tags = [], Backlog = [] };

    private static TaskExecution WithoutLists(TaskExecution task) => task with { Tags = [], TriggeredBy = [], NextTasks = null, Items = null };
}
