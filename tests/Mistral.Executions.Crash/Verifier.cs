using System.Diagnostics;

namespace Mistral.Executions.Crash;

/// <summary>Runs everything in a file to its end and checks what was promised, against what was acknowledged and what bodies noted.</summary>
internal sealed class Verifier(string database, string sidePath, string acksPath)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<string> _broken = [];

    /// <summary>How many promises were checked.</summary>
    public int Count { get; private set; }

    /// <summary>What is wrong, a line for each broken promise.</summary>
    public IReadOnlyList<string> Broken => _broken;

    public async Task RunAsync()
    {
        using var side = new LineFile(sidePath);
        await using var engine = await ExecutionEngine.OpenAsync(new Load(side).OptionsFor(database, SqliteSynchronous.Full));
        using var stop = new CancellationTokenSource();
        var answers = Host.AnswerAsync(engine, stop.Token);
        await EndAsync(engine);
        await stop.CancelAsync();
        await answers;

        var workflows = await AllAsync(engine.QueryWorkflowsAsync(new() { PageSize = ExecutionQuery.MaximumPageSize }), w => w.Id);
        var tasks = await AllAsync(engine.QueryTasksAsync(new() { PageSize = ExecutionQuery.MaximumPageSize }), t => t.Id);
        var actions = await AllAsync(engine.QueryActionsAsync(new() { PageSize = ExecutionQuery.MaximumPageSize }), a => a.Id);
        CheckAcknowledged(workflows);
        CheckBodies(actions);
        CheckEnds(workflows, tasks, actions);
        CheckItems(tasks, actions);
    }

    private static async Task<Dictionary<string, T>> AllAsync<T>(IAsyncEnumerable<T> executions, Func<T, string> idOf)
    {
        var all = new Dictionary<string, T>(StringComparer.Ordinal);
        await foreach (var execution in executions)
        {
            all.Add(idOf(execution), execution);
        }

        return all;
    }

    private static async Task EndAsync(ExecutionEngine engine)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience && (await IsOpenAsync(engine.QueryWorkflowsAsync(Open())) || await IsOpenAsync(engine.QueryActionsAsync(Open()))))
        {
            await Task.Delay(100);
        }

        static ExecutionQuery Open() => new() { States = [ExecutionState.Idle, ExecutionState.Running, ExecutionState.Paused], PageSize = 1 };
    }

    private static async Task<bool> IsOpenAsync<T>(IAsyncEnumerable<T> executions)
    {
        await using var enumerator = executions.GetAsyncEnumerator();
        return await enumerator.MoveNextAsync();
    }

    private void Check(bool holds, string what)
    {
        Count++;
        if (!holds)
        {
            _broken.Add(what);
        }
    }

    /// <summary>What was started exists, and what was done has that state and output for ever.</summary>
    private void CheckAcknowledged(Dictionary<string, WorkflowExecution> workflows)
    {
        foreach (var ack in LineFile.Read(acksPath))
        {
            var parts = ack.Split(' ', 4);
            var execution = workflows.GetValueOrDefault(parts[1]);
            Check(execution is not null, $"'{ack}' was acknowledged, but there is no such execution");
            if (parts[0] == "done" && execution is not null)
            {
                var isSame = execution.State.ToWireName() == parts[2] && execution.Output.Equals(JsonData.Parse(parts[3]).AsObject());
                Check(isSame, $"'{ack}' was acknowledged, but the execution is {execution.State.ToWireName()} {execution.Output}");
            }
        }
    }

    /// <summary>A body starts when its record is durable, one that is not safe to run again at most once, and no result comes from nowhere.</summary>
    private void CheckBodies(Dictionary<string, ActionExecution> actions)
    {
        var bodies = LineFile.Read(sidePath).Select(l => l.Split(' ')).ToLookup(l => l[1], l => l[2], StringComparer.Ordinal);
        foreach (var body in bodies)
        {
            var action = actions.GetValueOrDefault(body.Key);
            Check(action is not null, $"a body of {body.Key} ran, but there is no such action execution");
            if (action is { IsSafeToRerun: false })
            {
                Check(body.Count() == 1, $"the body of {body.Key} ran {body.Count()} times, but is not safe to run again");
            }
        }

        foreach (var action in actions.Values.Where(a => a is { State: ExecutionState.Success, IsOutside: false } && a.Name.StartsWith("crash.", StringComparison.Ordinal)))
        {
            Check(bodies.Contains(action.Id), $"the action execution {action.Id} has a result, but its body never ran");
        }
    }

    /// <summary>Everything ends, with what comes out without any crash, and what is counted is there.</summary>
    private void CheckEnds(Dictionary<string, WorkflowExecution> workflows, Dictionary<string, TaskExecution> tasks, Dictionary<string, ActionExecution> actions)
    {
        var ordinals = tasks.Values.ToLookup(t => t.WorkflowExecutionId, t => t.Ordinal, StringComparer.Ordinal);
        var open = tasks.Values.Where(t => !t.State.IsCompleted()).Select(t => t.WorkflowExecutionId).ToHashSet(StringComparer.Ordinal);
        var lost = actions.Values.Where(a => a is { IsSafeToRerun: false, State: ExecutionState.Error }).Select(a => a.WorkflowExecutionId).ToHashSet();
        foreach (var workflow in workflows.Values)
        {
            var value = Load.ValueOf(workflow.Name, Load.NumberOf(workflow.Input["n"]), lost.Contains(workflow.Id));
            var isRight = value is { } number
                ? workflow.State == ExecutionState.Success && workflow.Output["value"] == number
                : workflow.State == ExecutionState.Error;
            Check(isRight, $"{workflow.Name} {workflow.Id} with {workflow.Input} is {workflow.State.ToWireName()} {workflow.Output} ({workflow.StateInfo}), but its value should be {value}");
            var places = ordinals[workflow.Id].Order().ToList();
            Check(places.SequenceEqual(Enumerable.Range(0, places.Count)), $"{workflow.Name} {workflow.Id} has tasks with the places {string.Join(", ", places)}");
            Check(workflow.TaskCount <= places.Count, $"{workflow.Name} {workflow.Id} counts {workflow.TaskCount} tasks, but has {places.Count}");
            Check(!open.Contains(workflow.Id), $"{workflow.Name} {workflow.Id} has ended, but a task of it has not");
        }

        foreach (var action in actions.Values)
        {
            Check(action.State.IsCompleted(), $"{action.Name} {action.Id} has not ended");
        }
    }

    /// <summary>Each item has one accepted result.</summary>
    private void CheckItems(Dictionary<string, TaskExecution> tasks, Dictionary<string, ActionExecution> actions)
    {
        var accepted = actions.Values.Where(a => a is { Accepted: true, TaskExecutionId: not null }).ToLookup(a => a.TaskExecutionId!, a => a.Index, StringComparer.Ordinal);
        foreach (var task in accepted)
        {
            Check(task.Distinct().Count() == task.Count(), $"the task {tasks[task.Key].Name} {task.Key} has two results for one item");
        }
    }
}
