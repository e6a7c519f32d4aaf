using System.Collections.Concurrent;
using System.Diagnostics;
using Mistral.Executions.Decisions;
using Mistral.Executions.Diagnostics;

namespace Mistral.Executions.Runtime;

/// <summary>
/// The spans of the executions in memory, while somebody listens: one each for a workflow, a task and an outside action,
/// begun and ended with what became durable. A tree that leaves memory ends its spans, and begins new ones in the same trace
/// when it comes back, here or after a restart.
/// </summary>
internal sealed class ExecutionTraces(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TreeSpans> _trees = new(StringComparer.Ordinal);

    /// <summary>Follows changes that are durable.</summary>
    public void Follow(ExecutionTree tree, ExecutionChanges written)
    {
        if (!Telemetry.Source.HasListeners())
        {
            return;
        }

        if (!_trees.TryGetValue(tree.TreeId, out var spans))
        {
            _trees[tree.TreeId] = spans = new(RootOf(tree));
            if (!written.IsNewTree)
            {
                spans.Resume(tree, written, time.GetUtcNow());
            }
        }

        spans.Follow(written);
        if (tree.IsEnded)
        {
            Leave(tree.TreeId);
        }
    }

    /// <summary>The span that the run of a body belongs to.</summary>
    public ActivityContext ParentOf(string treeId, ActionExecution execution) =>
        _trees.TryGetValue(treeId, out var spans) ? spans.ContextOf(execution.TaskExecutionId) : default;

    /// <summary>The tree leaves memory.</summary>
    public void Leave(string treeId)
    {
        if (_trees.TryRemove(treeId, out var spans))
        {
            spans.Stop(time.GetUtcNow());
        }
    }

    /// <summary>The engine acts no more.</summary>
    public void Stop()
    {
        foreach (var treeId in _trees.Keys)
        {
            Leave(treeId);
        }
    }

    private static ActivityContext RootOf(ExecutionTree tree) =>
        tree.Root?.Parameters.TryGetValue(Telemetry.TraceParent, out var parent) == true
        && parent.Kind == JsonKind.String
        && ActivityContext.TryParse(parent.AsString(), null, isRemote: true, out var context)
            ? context
            : default;

    private sealed class TreeSpans(ActivityContext root)
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, Activity> _open = new(StringComparer.Ordinal);

        public ActivityContext ContextOf(string? executionId)
        {
            lock (_gate)
            {
                return executionId is not null && _open.TryGetValue(executionId, out var activity) ? activity.Context : root;
            }
        }

        // What ends with the very change that brings the tree back was open until now.
        public void Resume(ExecutionTree tree, ExecutionChanges written, DateTimeOffset now)
        {
            var open = tree.AllWorkflows.Select(w => w.Record).Concat<IExecution>(tree.AllTasks.Select(t => t.Record)).Where(e => !e.State.IsCompleted())
                .Concat(written.Workflows.Where(w => w.FinishedAt == w.UpdatedAt))
                .Concat(written.Tasks.Where(t => t.FinishedAt == t.UpdatedAt));
            lock (_gate)
            {
                Begin(open, now);
            }
        }

        public void Follow(ExecutionChanges written)
        {
            lock (_gate)
            {
                Begin(written.NewWorkflows.Concat<IExecution>(written.NewTasks).Concat(written.NewActions.Where(a => a.IsOutside)), null);
                End(written.Actions);
                End(written.NewActions);
                End(written.Tasks);
                End(written.NewTasks);
                End(written.Workflows);
                End(written.NewWorkflows);
            }
        }

        public void Stop(DateTimeOffset at)
        {
            lock (_gate)
            {
                foreach (var activity in _open.Values)
                {
                    Telemetry.Stop(activity, at);
                }

                _open.Clear();
            }
        }

        private static string? ParentOf(IExecution execution) => execution switch
        {
            WorkflowExecution workflow => workflow.TaskExecutionId,
            TaskExecution task => task.WorkflowExecutionId,
            ActionExecution action => action.TaskExecutionId,
            _ => null,
        };

        // One commit can hold a nested workflow and the task that it belongs to: each begins after its parent.
        private void Begin(IEnumerable<IExecution> executions, DateTimeOffset? resumedAt)
        {
            var toBegin = executions.ToDictionary(e => e.Id, StringComparer.Ordinal);
            foreach (var execution in toBegin.Values)
            {
                Begin(execution, toBegin, resumedAt);
            }
        }

        private void Begin(IExecution execution, Dictionary<string, IExecution> toBegin, DateTimeOffset? resumedAt)
        {
            if (_open.ContainsKey(execution.Id))
            {
                return;
            }

            var parent = root;
            if (ParentOf(execution) is { } parentId)
            {
                if (toBegin.TryGetValue(parentId, out var first))
                {
                    Begin(first, toBegin, resumedAt);
                }

                parent = _open.TryGetValue(parentId, out var above) ? above.Context : root;
            }

            if (Telemetry.StartExecution(execution, parent, resumedAt ?? execution.CreatedAt, resumedAt is not null) is { } activity)
            {
                _open.Add(execution.Id, activity);
            }
        }

        private void End(IReadOnlyList<IExecution> executions)
        {
            foreach (var execution in executions)
            {
                if (execution.State.IsCompleted() && _open.Remove(execution.Id, out var activity))
                {
                    Telemetry.End(activity, execution);
                }
            }
        }
    }
}
