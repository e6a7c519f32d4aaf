using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Mistral.Executions.Language;
using Mistral.Executions.Language.Yaml;
using Mistral.Executions.Runtime;

namespace Mistral.Executions.Conformance.Scenarios;

/// <summary>Plays a scenario on the real engine, with a clock that moves only when nothing is left to do.</summary>
internal sealed class ScenarioPlayer : IAsyncDisposable
{
    private const int MostRounds = 2000;

    private readonly Scenario _scenario;
    private readonly IExecutionStore _store;
    private readonly CrashingStore? _crashes;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ScenarioActions _actions;
    private readonly List<LanguageDocument> _documents = [];
    private readonly List<(string Name, string Id)> _roots = [];
    private TaskCompletionSource _gate = new();
    private ExecutionEngine? _engine;

    public ScenarioPlayer(Scenario scenario, IExecutionStore store, bool crashAfterEveryCommit)
    {
        _scenario = scenario;
        _crashes = crashAfterEveryCommit ? new CrashingStore(store) : null;
        _store = _crashes ?? store;
        _actions = new(scenario);
    }

    /// <summary>Plays all steps and compares the end.</summary>
    /// <returns>The differences; none when the scenario passes.</returns>
    public async Task<IReadOnlyList<string>> PlayAsync()
    {
        await _store.OpenAsync(CancellationToken.None);
        foreach (var step in _scenario.Steps)
        {
            if (!step.Flag("immediate"))
            {
                await SettleAsync();
            }

            if (_crashes is { HasCrashed: true })
            {
                await CloseAsync();
            }

            await PlayAsync(step);
        }

        await SettleAsync();
        return await new SnapshotComparer(_scenario.Final, await NamesAsync(), ResultAsync).CompareAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _gate.TrySetResult();
        await CloseAsync();
        await _store.DisposeAsync();
    }

    private async Task PlayAsync(JsonElement step)
    {
        var op = step.Text("op")!;
        try
        {
            await (op switch
            {
                "define_workflows" or "update_workflows" => DefineAsync(step, DocumentKind.Workflows),
                "define_workbook" or "update_workbook" => DefineAsync(step, DocumentKind.Workbook),
                "define_actions" or "update_actions" => DefineAsync(step, DocumentKind.Actions),
                "define_environment" => DefineEnvironmentAsync(step),
                "start_workflow" => StartWorkflowAsync(step),
                "start_action" => StartActionAsync(step),
                "complete_action" => CompleteAsync(step),
                "update_action" => UpdateAsync(step),
                "pause" => VerbAsync(step, (engine, id) => engine.PauseAsync(id)),
                "resume" => VerbAsync(step, (engine, id) => engine.ResumeAsync(id, Environment(step))),
                "stop" => StopAsync(step),
                "rerun" => RerunAsync(step),
                "delete" => VerbAsync(step, (engine, id) => engine.DeleteAsync(id)),
                "await" or "await_end" => AwaitAsync(step),
                "advance" => AdvanceAsync(TimeSpan.FromSeconds(step.GetProperty("seconds").GetDouble())),
                "settle" => Task.CompletedTask,
                _ => throw new ScenarioException($"there is no step '{op}'"),
            });
        }
        catch (Exception exception) when (step.TryGetProperty("raises", out _) && exception is ExecutionException or ArgumentException)
        {
            return;
        }

        catch (InvalidStateTransitionException) when (op is "stop" or "resume" or "rerun")
        {
            // Where Mistral passes over a verb that the state does not allow, ours says so; both change nothing.
            return;
        }

        if (step.TryGetProperty("raises", out var raises))
        {
            throw new ScenarioException($"the step '{op}' was to fail with {raises.Text("type")}: {raises.Text("message")}");
        }
    }

    private async Task DefineAsync(JsonElement step, DocumentKind kind)
    {
        var document = MistralLanguage.Read(step.Text("definition")!, kind, null, step.Text("namespace") ?? "");
        await CloseAsync();
        _documents.Add(document);
    }

    private async Task DefineEnvironmentAsync(JsonElement step) =>
        await (await EngineAsync()).DefineEnvironmentAsync(step.Text("name")!, step.Map("variables"));

    private async Task StartWorkflowAsync(JsonElement step)
    {
        var name = step.Text("as") ?? "W?";
        var id = step.Text("id") ?? $"scenario-{name}";
        var options = new StartOptions { Id = id, Namespace = step.Text("namespace") ?? "", Parameters = step.Map("params") };
        if (_roots.Exists(r => r.Id == id))
        {
            return;
        }

        // Bodies look their names up, and may run before the start has returned.
        _roots.Add((name, id));
        try
        {
            await (await EngineAsync()).StartAsync(step.Text("workflow")!, step.Map("input"), options);
        }
        catch (ExecutionException)
        {
            _roots.RemoveAt(_roots.Count - 1);
            throw;
        }
    }

    private async Task StartActionAsync(JsonElement step)
    {
        var engine = await EngineAsync();
        var id = $"scenario-{step.Text("as") ?? "action"}-{_roots.Count}";
        if (step.Text("as") is { } name)
        {
            _roots.Add((name, id));
        }

        await engine.StartActionAsync(step.Text("action")!, step.Map("input"), new() { Id = id, Namespace = step.Text("namespace") ?? "" });
        if (step.Text("as") is not null)
        {
            return;
        }

        await SettleAsync();
        var action = await (await EngineAsync()).GetActionAsync(id);
        if (step.TryGetProperty("returns", out var returns)
            && (action.State.ToWireName() != returns.Text("state") || action.Output != returns.Data("output")))
        {
            throw new ScenarioException($"the action gave {action.State.ToWireName()} {action.Output}, but {returns.GetRawText()} in the real engine");
        }
    }

    private async Task CompleteAsync(JsonElement step)
    {
        var id = await IdAsync(step.Text("target")!);
        var result = step.GetProperty("result");
        await (await EngineAsync()).CompleteActionAsync(id, ScenarioActions.ResultOf(result)!);
    }

    private async Task UpdateAsync(JsonElement step) =>
        await (await EngineAsync()).UpdateActionAsync(await IdAsync(step.Text("target")!), ExecutionStates.Parse(step.Text("state")!));

    private async Task StopAsync(JsonElement step)
    {
        // Mistral passes over a stop in a state it does not know.
        if (ExecutionStates.TryParse(step.Text("state"), out var state))
        {
            await VerbAsync(step, (engine, id) => engine.StopAsync(id, state, step.Text("message")));
        }
    }

    private async Task RerunAsync(JsonElement step)
    {
        var id = await IdAsync(step.Text("target")!);
        var engine = await EngineAsync();
        await (step.Flag("skip") ? engine.SkipTaskAsync(id, Environment(step)) : engine.RerunTaskAsync(id, step.Flag("reset"), Environment(step)));
    }

    private async Task VerbAsync(JsonElement step, Func<ExecutionEngine, string, Task> verb) =>
        await verb(await EngineAsync(), await IdAsync(step.Text("target")!));

    private static JsonMap? Environment(JsonElement step) => step.Map("env") is { Count: > 0 } environment ? environment : null;

    private async Task AwaitAsync(JsonElement step)
    {
        if (step.Text("target") is not { } target)
        {
            if (step.TryGetProperty("seconds", out var seconds))
            {
                await AdvanceAsync(TimeSpan.FromSeconds(seconds.GetDouble()));
            }

            return;
        }

        for (var round = 0; round < MostRounds; round++)
        {
            var names = await NamesAsync();
            var state = names.Contains(target) ? names[target].State : (ExecutionState?)null;
            var isThere = step.Text("state") is { } wanted
                ? state == ExecutionStates.Parse(wanted)
                : state is { } ended && (ended.IsCompleted() || ended == ExecutionState.Paused);
            if (isThere)
            {
                return;
            }

            if ((await EngineAsync()).NextTimerDue is not { } due)
            {
                // A body may wait for the clock; the step says how far it moved.
                if (step.TryGetProperty("seconds", out var seconds) && round <= 100 * seconds.GetDouble())
                {
                    _time.Advance(TimeSpan.FromSeconds(1));
                    await SettleAsync();
                    continue;
                }

                throw new ScenarioException($"{target} is {state?.ToWireName() ?? "missing"} and nothing is left to happen, but the step waits for {step.Text("state") ?? "its end"}");
            }

            _time.SetUtcNow(due > _time.GetUtcNow() ? due : _time.GetUtcNow());
            await SettleAsync();
        }

        throw new ScenarioException($"{target} does not come to {step.Text("state") ?? "its end"}");
    }

    private async Task AdvanceAsync(TimeSpan by)
    {
        var until = _time.GetUtcNow() + by;
        while ((await EngineAsync()).NextTimerDue is { } due && due <= until)
        {
            _time.SetUtcNow(due > _time.GetUtcNow() ? due : _time.GetUtcNow());
            await SettleAsync();
        }

        _time.SetUtcNow(until);
        await SettleAsync();
    }

    /// <summary>Lets everything happen that is due; after each crash on a new engine.</summary>
    private async Task SettleAsync()
    {
        _gate.TrySetResult();
        for (var round = 0; round < MostRounds; round++)
        {
            var engine = await EngineAsync();
            await engine.SettleAsync();
            if (_crashes is { HasCrashed: true })
            {
                await CloseAsync();
            }
            else if (!await AnswerOutsideAsync(engine))
            {
                // From here on bodies wait until the engine is let go on.
                _gate = _actions.Immediate ? new() : _gate;
                return;
            }
        }

        throw new ScenarioException("the engine does not come to rest");
    }

    /// <summary>Gives the scripted results of actions that are answered from outside in other runs.</summary>
    private async Task<bool> AnswerOutsideAsync(ExecutionEngine engine)
    {
        if (_actions.Outside.Count == 0)
        {
            return false;
        }

        var names = await NamesAsync();
        foreach (var (name, execution) in names.All.OrderBy(n => n.Value.Id, StringComparer.Ordinal))
        {
            if (execution is ActionExecution { State: ExecutionState.Running, IsOutside: true } action
                && _actions.OutcomeOf(action.TaskExecutionId is null ? null : name) is { } outcome
                && ScenarioActions.ResultOf(outcome) is { } result)
            {
                await engine.CompleteActionAsync(action.Id, result);
                return true;
            }
        }

        return false;
    }

    private async Task<StructuralNames> NamesAsync() => await StructuralNames.ReadAsync(await EngineAsync(), _roots);

    private async Task<string> IdAsync(string name) => (await NamesAsync())[name].Id;

    private async Task<ExecutionEngine> EngineAsync()
    {
        if (_engine is not null)
        {
            return _engine;
        }

        // A new process starts later than the one that died: its ids come after.
        if (_crashes is not null)
        {
            await _crashes.ReviveAsync();
        }

        _time.Advance(TimeSpan.FromMilliseconds(1));
        var options = new ExecutionEngineOptions(_store) { Time = _time, MaximumParallelActions = 1, ShutdownDeadline = TimeSpan.Zero };
        foreach (var document in _documents)
        {
            options.AddDocument(document);
        }

        foreach (var action in _actions.Custom.Concat(_actions.Scripted))
        {
            if (_actions.Outside.Contains(action))
            {
                options.AddOutsideAction(action);
            }
            else
            {
                options.AddAction(action, (JsonMap input, ActionContext context, CancellationToken _) => RunAsync(context, input, action), OptionsOf(action));
            }
        }

        return _engine = await ExecutionEngine.OpenAsync(options);
    }

    // The parameters that the real action takes: what else is given is refused.
    private static ActionOptions? OptionsOf(string action) => action is "std.http" or "std.mistral_http"
        ? new()
        {
            RequiredParameters = ["url"],
            OptionalParameters = ["method", "params", "body", "json", "headers", "cookies", "auth", "timeout", "allow_redirects", "proxies", "verify"],
        }
        : null;

    private async Task<JsonData> RunAsync(ActionContext context, JsonMap input, string action)
    {
        await _gate.Task;
        var names = await NamesAsync();
        if (_actions.OutcomeOf(context.TaskExecutionId is null ? null : names.Find(context.ActionExecutionId)) is { } outcome)
        {
            var result = ScenarioActions.ResultOf(outcome)!;
            return result.State == ExecutionState.Success ? result.Value : throw new ActionFailedException(Text(result.Value), result.Value);
        }

        return action switch
        {
            _ when !action.StartsWith("std.", StringComparison.Ordinal) => default,
            "std.noop" => default,
            "std.echo" => input.GetOrNull("output"),
            "std.fail" => throw new ActionFailedException("Fail action expected exception."),
            _ => throw new ScenarioException($"the script has no answer for {context.ActionName}"),
        };
    }

    private static string Text(JsonData value) => value.Kind == JsonKind.String ? value.AsString() : value.ToString();

    private async Task<JsonData> ResultAsync(TaskExecution task)
    {
        var names = await NamesAsync();
        var name = names.Find(task.Id)!;
        var children = names.All
            .Where(n => n.Key.StartsWith(name + "/", StringComparison.Ordinal) && !n.Key[(name.Length + 1)..].Contains('/', StringComparison.Ordinal))
            .Select(n => n.Value);
        var results = children
            .Select(c => c switch
            {
                ActionExecution { Accepted: true } action => (action.Index, Value: action.Output.GetOrNull("result")),
                WorkflowExecution { Accepted: true } workflow => (workflow.Index, Value: (JsonData)workflow.Output),
                _ => (Index: -1, Value: default),
            })
            .Where(r => r.Index >= 0)
            .OrderBy(r => r.Index)
            .Select(r => r.Value)
            .ToList();
        return task.Items is null && results.Count == 1 ? results[0] : JsonList.Create(results);
    }

    private async Task CloseAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
            _engine = null;
        }
    }
}
