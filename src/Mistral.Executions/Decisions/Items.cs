using System.Collections.Immutable;

namespace Mistral.Executions.Decisions;

/// <summary>Tasks with items: an action or workflow execution for each. See "with-items" in Mistral's description of the workflow language.</summary>
internal static class Items
{
    /// <summary>Starts as many items as may run at once; ends the task when there are none at all.</summary>
    /// <exception cref="TaskFaultException">A collection is none, or they differ in length.</exception>
    /// <exception cref="ExpressionException">A collection or input cannot be evaluated.</exception>
    public static void Schedule(Turn turn, TaskExecution task, TaskDefinition definition)
    {
        var collections = Collections(turn, task, definition);
        if (task.Items is not { Next: > 0 })
        {
            task = task with
            {
                Items = new() { Count = collections[0].Value.Count, Concurrency = Concurrency(turn, task, definition) },
                UpdatedAt = turn.Now,
            };
            turn.Save(task);
            turn.SaveCollections(task.Id, collections);
        }

        var indexes = Next(task.Items!);
        if (indexes.Count == 0 && task.Items!.Running == 0 && task.Items.Finished == task.Items.Count)
        {
            TaskCompletion.EndAtOnce(turn, task.Id, ExecutionState.Success, null);
            return;
        }

        // All inputs first: when one of them cannot be evaluated, none of these items has been started.
        var inputs = indexes.ConvertAll(i => (Index: i, Input: ActionInput.Evaluate(turn, task, definition, ItemsAt(collections, i))));
        turn.Save(Taken(task, indexes));
        for (var place = 0; place < inputs.Count; place++)
        {
            Children.Schedule(turn, turn.Tree.FindTask(task.Id)!, definition, inputs[place].Input, inputs[place].Index);
            var now = turn.Tree.FindTask(task.Id);
            if (now is { State: ExecutionState.Paused, Items: { } items })
            {
                // An item that is paused at once pauses the task: the others are still to come.
                List<int> left = indexes[(place + 1)..];
                turn.Save(now with { Items = items with { Again = [.. left, .. items.Again], Running = items.Running - left.Count } });
            }

            if (now is not { State: ExecutionState.Running })
            {
                return;
            }
        }
    }

    /// <summary>Takes the end of an item in, and starts the next or ends the task.</summary>
    public static void OnItemEnded(Turn turn, TaskExecution task, ExecutionState state)
    {
        var items = task.Items!;
        items = items with
        {
            Running = items.Running - 1,
            Succeeded = items.Succeeded + (state == ExecutionState.Success ? 1 : 0),
            Failed = items.Failed + (state == ExecutionState.Error ? 1 : 0),
            Cancelled = items.Cancelled + (state == ExecutionState.Cancelled ? 1 : 0),
        };
        task = task with { Items = items, UpdatedAt = turn.Now };
        turn.Save(task);
        if (HaveEnded(items))
        {
            var (end, info) = EndOf(items);
            TaskCompletion.Complete(turn, task.Id, end, info);
        }
        else if (task.State == ExecutionState.Paused)
        {
            // One that was paused can end without having been resumed.
            if (turn.Tree.FindWorkflow(task.WorkflowExecutionId) is { State: ExecutionState.Running })
            {
                Pausing.GoOn(turn, task);
            }
        }
        else if (task.State == ExecutionState.Running && HasMore(items))
        {
            TaskFaults.Guard(turn, task.Id, "go on with", () => Schedule(turn, task, turn.DefinitionOf(task)!));
        }
    }

    public static bool HaveEnded(ItemProgress items) => items.Cancelled > 0 || items.Finished == items.Count;

    /// <summary>How a task ends whose items have ended.</summary>
    public static (ExecutionState State, string? Info) EndOf(ItemProgress items) => items switch
    {
        { Cancelled: > 0 } => (ExecutionState.Cancelled, $"{items.Cancelled} of {items.Count} items were cancelled."),
        { Failed: > 0 } => (ExecutionState.Error, $"{items.Failed} of {items.Count} items failed."),
        _ => (ExecutionState.Success, null),
    };

    /// <summary>Whether some of the items are still to be started.</summary>
    public static bool HasMore(ItemProgress items) => items.Next < items.Count || items.Again.Count > 0;

    /// <summary>All items from the start.</summary>
    public static ItemProgress? Again(ItemProgress? items) => items is null ? null : new() { Count = items.Count, Concurrency = items.Concurrency };

    /// <summary>The items as their executions are now.</summary>
    public static ItemProgress Recounted(ItemProgress items, IReadOnlyList<IExecution> children)
    {
        var counting = children.Where(c => !c.State.IsCompleted() || c is ActionExecution { Accepted: true } or WorkflowExecution { Accepted: true }).ToLookup(c => c.State);
        return items with
        {
            Running = counting.Where(s => !s.Key.IsCompleted()).Sum(s => s.Count()),
            Succeeded = counting[ExecutionState.Success].Count(),
            Failed = counting[ExecutionState.Error].Count(),
            Cancelled = counting[ExecutionState.Cancelled].Count(),
        };
    }

    /// <summary>The items whose results do not count any more from the start.</summary>
    public static ItemProgress? AgainWhere(ItemProgress? items, IReadOnlyList<IExecution> children)
    {
        if (items is null)
        {
            return null;
        }

        var succeeded = children
            .Where(c => c.State == ExecutionState.Success && (c is ActionExecution { Accepted: true } or WorkflowExecution { Accepted: true }))
            .Select(c => c is ActionExecution action ? action.Index : ((WorkflowExecution)c).Index)
            .ToHashSet();
        return items with
        {
            Again = [.. Enumerable.Range(0, items.Next).Where(i => !succeeded.Contains(i))],
            Running = 0,
            Succeeded = succeeded.Count,
            Failed = 0,
            Cancelled = 0,
        };
    }

    private static int Concurrency(Turn turn, TaskExecution task, TaskDefinition definition) =>
        definition.Policies.Concurrency is { } concurrency ? Truth.Count(concurrency.Evaluate(TaskStart.Scope(turn, task)), "concurrency") : 0;

    private static ImmutableArray<KeyValuePair<string, JsonList>> Collections(Turn turn, TaskExecution task, TaskDefinition definition)
    {
        if (turn.Tree.TaskNode(task.Id).Collections is { IsDefault: false } known)
        {
            return known;
        }

        var scope = TaskStart.Scope(turn, task);
        var collections = definition.WithItems.Select(s => KeyValuePair.Create(s.Name, List(s, s.Collection.Evaluate(scope)))).ToImmutableArray();
        var count = collections[0].Value.Count;
        if (collections.Any(c => c.Value.Count != count))
        {
            throw new TaskFaultException($"the collections of 'with-items' must have the same length, but have {string.Join(", ", collections.Select(c => $"'{c.Key}' {c.Value.Count}"))}.");
        }

        if (count > turn.Input.Limits.Items)
        {
            throw new TaskFaultException($"'with-items' has {count} items; the limit is {turn.Input.Limits.Items}.");
        }

        return collections;
    }

    // What Python can iterate over counts as a collection: a text gives its characters, an object its names.
    private static JsonList List(ItemSource source, JsonData value) => value.Kind switch
    {
        JsonKind.Array => value.AsArray(),
        JsonKind.Object => JsonList.Create(value.AsObject().Keys.Select(k => (JsonData)k)),
        JsonKind.String => JsonList.Create(value.AsString().EnumerateRunes().Select(r => (JsonData)r.ToString())),
        _ => throw new TaskFaultException($"the collection '{source.Name}' of 'with-items' must be a list, but is {value.Kind}."),
    };

    private static List<int> Next(ItemProgress items)
    {
        var free = items.Concurrency == 0 ? int.MaxValue : Math.Max(0, items.Concurrency - items.Running);
        var indexes = items.Again.Take(free).ToList();
        for (var i = items.Next; i < items.Count && indexes.Count < free; i++)
        {
            indexes.Add(i);
        }

        return indexes;
    }

    private static TaskExecution Taken(TaskExecution task, List<int> indexes)
    {
        var items = task.Items!;
        var again = Math.Min(indexes.Count, items.Again.Count);
        return task with
        {
            Items = items with
            {
                Again = again == 0 ? items.Again : [.. items.Again.Skip(again)],
                Next = items.Next + indexes.Count - again,
                Running = items.Running + indexes.Count,
            },
        };
    }

    private static JsonMap ItemsAt(ImmutableArray<KeyValuePair<string, JsonList>> collections, int index) =>
        JsonMap.Create(collections.Select(c => KeyValuePair.Create(c.Key, c.Value[index])));
}
