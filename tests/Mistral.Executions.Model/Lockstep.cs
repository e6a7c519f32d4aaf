using System.Globalization;
using System.Text;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Model;

/// <summary>The decider and the interpreter, given the same messages and compared after each.</summary>
internal sealed class Lockstep
{
    private readonly ModelWorkflow _workflow;
    private readonly DecisionShell _shell;
    private readonly IReadOnlyList<ModelMessage> _path;

    private Lockstep(ModelWorkflow workflow, DecisionShell shell, Interpreter model, IReadOnlyList<ModelMessage> path) =>
        (_workflow, _shell, Model, _path) = (workflow, shell, model, path);

    public Interpreter Model { get; }

    /// <exception cref="DefinitionException">The workflow can never work.</exception>
    /// <exception cref="ModelMismatchException">They differ.</exception>
    public static Lockstep Begin(ModelWorkflow workflow)
    {
        var shell = new DecisionShell(workflow.ToDefinition()) { Reloads = true, ChecksPurity = true };
        shell.Hang(ModelWorkflow.Action);
        var lockstep = new Lockstep(workflow, shell, new(workflow), []);
        lockstep.Watched(() =>
        {
            shell.Start("model");
            lockstep.Model.Start();
            lockstep.Compare();
        });
        return lockstep;
    }

    /// <summary>Gives both a message, and leaves this one as it is.</summary>
    /// <exception cref="ModelMismatchException">They differ.</exception>
    public Lockstep After(ModelMessage message)
    {
        var next = new Lockstep(_workflow, _shell.Copy(), Model.Copy(), [.. _path, message]);
        next.Watched(() => next.Give(message));
        return next;
    }

    private void Give(ModelMessage message)
    {
        var accepts = Model.Handle(message);
        if (message is ModelMessage.Crash)
        {
            _shell.Crash();
        }
        else
        {
            var decision = _shell.Send(Translate(message));
            if (decision.Refusal is null != accepts)
            {
                throw new ModelMismatchException($"the decider said '{decision.Refusal?.Message}', the model {(accepts ? "accepts" : "refuses")} it");
            }
        }

        Compare();
    }

    private Message Translate(ModelMessage message)
    {
        string Task(int ordinal) => _shell.Tasks.Single(t => t.Ordinal == ordinal).Id;
        return message switch
        {
            ModelMessage.Result { State: ExecutionState.Success } m => new Message.CompleteAction(Action(m.Body), ActionResult.Success(1)),
            ModelMessage.Result { State: ExecutionState.Error } m => new Message.CompleteAction(Action(m.Body), ActionResult.Error("failed")),
            ModelMessage.Result m => new Message.CompleteAction(Action(m.Body), ActionResult.Cancel()),
            ModelMessage.Due m => new Message.TimerDue(_shell.PassTo(_shell.PendingTimers.First(t => t.Kind == m.Kind && t.ExecutionId == Task(m.Task)))),
            ModelMessage.Pause => new Message.Pause("root", null),
            ModelMessage.Resume => new Message.Resume("root", null),
            ModelMessage.Stop m => new Message.Stop("root", m.State, "stopped"),
            ModelMessage.Rerun m => new Message.Rerun(Task(m.Task), m.Reset, null),
            ModelMessage.Skip m => new Message.Skip(Task(m.Task), null),
            _ => throw new InvalidOperationException($"The decider has no word for {message}."),
        };
    }

    // Of the runs of one item the first is the first on either side; between tasks the order is not compared.
    private string Action(int body)
    {
        var (task, index) = (Model.Bodies[body].Task, Model.Bodies[body].Index);
        var runs = Model.Bodies.Take(body).Count(b => b.Task == task && b.Index == index);
        var id = _shell.Tasks.Single(t => t.Ordinal == task).Id;
        return _shell.Actions.Where(a => a.TaskExecutionId == id && a.Index == index).ElementAt(runs).Id;
    }

    private void Watched(Action body)
    {
        try
        {
            body();
        }
        catch (Exception exception) when (exception is not DefinitionException)
        {
            throw new ModelMismatchException($"{_workflow}\n  after {string.Join(", ", _path)}:\n{exception.Message}", exception);
        }
    }

    private void Compare()
    {
        var (decided, told) = (OfDecider(), OfModel());
        if (decided != told)
        {
            throw new ModelMismatchException($"decider:\n{decided}model:\n{told}");
        }
    }

    private string OfModel()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Model.State} backlog {Model.Backlog}\n");
        foreach (var task in Model.Tasks)
        {
            text.Append(CultureInfo.InvariantCulture, $"{task.Ordinal} {task.Name} {task.State} retry {task.Retry}");
            text.Append(task.HasEnded && task.IsProcessed ? " processed" : "").Append(task.State == ExecutionState.Error && task.IsErrorHandled ? " handled" : "");
            foreach (var (target, kind, execution) in task.Routes ?? [])
            {
                text.Append(CultureInfo.InvariantCulture, $" {kind}->{target}:{execution}");
            }

            foreach (var (execution, kind) in task.Triggers)
            {
                text.Append(CultureInfo.InvariantCulture, $" by {execution}:{kind}");
            }

            if (!task.HasEnded)
            {
                AppendData(text, task.Inbound.Select(v => (v.Key, v.Value.Value)));
            }

            text.Append('\n');
        }

        foreach (var body in Model.Bodies.OrderBy(b => b.Task))
        {
            text.Append(CultureInfo.InvariantCulture, $"body {body.Task}[{body.Index}] {body.State}\n");
        }

        foreach (var timer in Model.Timers.Select(t => $"timer {t.Kind} {t.Task}\n").Order(StringComparer.Ordinal))
        {
            text.Append(timer);
        }

        if (Model.State == ExecutionState.Success)
        {
            AppendData(text, Model.Output.Select(v => (v.Key, v.Value.Value)));
        }

        return text.ToString();
    }

    private string OfDecider()
    {
        var text = new StringBuilder();
        var root = _shell.Root;
        var tasks = _shell.Tasks.ToList();
        var ordinals = tasks.ToDictionary(t => t.Id, t => t.Ordinal, StringComparer.Ordinal);
        text.Append(CultureInfo.InvariantCulture, $"{root.State} backlog {root.Backlog.Count}\n");
        foreach (var task in tasks)
        {
            text.Append(CultureInfo.InvariantCulture, $"{task.Ordinal} {task.Name} {task.State} retry {task.RetryNumber}");
            text.Append(task.State.IsCompleted() && task.Processed ? " processed" : "").Append(task.State == ExecutionState.Error && task.ErrorHandled ? " handled" : "");
            foreach (var next in task.NextTasks ?? [])
            {
                // Where a route leads that is kept for the resume is settled by the resume.
                var isKept = root.Backlog.Any(c => c.Trigger == new TaskTrigger(task.Id, next.Event) && c.Target == next.Name);
                var execution = isKept || next.TaskExecutionId is null || !ordinals.TryGetValue(next.TaskExecutionId, out var ordinal) ? (int?)null : ordinal;
                text.Append(CultureInfo.InvariantCulture, $" {next.Event}->{next.Name}:{execution}");
            }

            foreach (var trigger in task.TriggeredBy)
            {
                text.Append(CultureInfo.InvariantCulture, $" by {ordinals[trigger.TaskExecutionId]}:{trigger.Event}");
            }

            if (!task.State.IsCompleted())
            {
                AppendData(text, (_shell.Tree.TaskNode(task.Id).Inbound ?? DataContext.Empty).ToMap().Select(v => (v.Key, Text(v.Value))));
            }

            text.Append('\n');
        }

        foreach (var action in _shell.Actions.OrderBy(a => ordinals[a.TaskExecutionId!]))
        {
            text.Append(CultureInfo.InvariantCulture, $"body {ordinals[action.TaskExecutionId!]}[{action.Index}] {action.State}\n");
        }

        foreach (var timer in _shell.PendingTimers.Select(t => $"timer {t.Kind} {ordinals[t.ExecutionId]}\n").Order(StringComparer.Ordinal))
        {
            text.Append(timer);
        }

        if (root.State == ExecutionState.Success)
        {
            AppendData(text, root.Output.Select(v => (v.Key, Text(v.Value))));
        }

        return text.ToString();
    }

    private static string Text(JsonData value) => value.Kind == JsonKind.String ? value.AsString() : value.ToString();

    private static void AppendData(StringBuilder text, IEnumerable<(string Name, string Value)> data)
    {
        text.Append(" {");
        foreach (var (name, value) in data.OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            text.Append(' ').Append(name).Append('=').Append(value);
        }

        text.Append(" }");
    }
}
