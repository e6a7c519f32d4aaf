using System.CommandLine;
using System.Text.Json;
using Mistral.Executions.Cli.Rendering;
using Spectre.Console;

namespace Mistral.Executions.Cli.Commands;

/// <summary><c>mistral show</c></summary>
internal static class ShowCommand
{
    public static Command Create(ToolHost host, SharedOptions shared)
    {
        var id = shared.Id("The workflow, task or action execution");
        var data = new Option<bool>("--data") { Description = "Input, environment and output too" };
        var limit = Limit();
        var command = new Command("show", "Shows an execution, and as a tree what is below it.") { id, data, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var inspector = await shared.InspectAsync(parsed, cancellationToken).ConfigureAwait(false);
            await using (inspector.ConfigureAwait(false))
            {
                var execution = await FindAsync(inspector.Store, parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(shared.Json))
                {
                    host.Output.WriteLine((await JsonOfAsync(inspector.Store, execution, cancellationToken).ConfigureAwait(false)).ToString());
                    return ExitCodes.Done;
                }

                host.Console.Write(Facts(execution, host.Time.GetUtcNow()));
                if (execution is WorkflowExecution workflow)
                {
                    host.Console.WriteLine();
                    var view = new ExecutionTreeView(inspector.Store, host.Time.GetUtcNow(), parsed.GetValue(limit));
                    host.Console.Write(await view.DrawAsync(workflow, cancellationToken).ConfigureAwait(false));
                }

                if (parsed.GetValue(data) || execution is not WorkflowExecution)
                {
                    WriteData(host.Console, execution);
                }

                return ExitCodes.Done;
            }
        });
        return command;
    }

    public static Option<int> Limit()
    {
        var limit = new Option<int>("--limit") { Description = "How many are shown below one execution; 50 when not said", HelpName = "COUNT", DefaultValueFactory = _ => 50 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > ExecutionQuery.MaximumPageSize)
            {
                result.AddError($"--limit is from 1 to {ExecutionQuery.MaximumPageSize}.");
            }
        });
        return limit;
    }

    public static async Task<IExecution> FindAsync(IExecutionStore store, string id, CancellationToken cancellationToken) =>
        await store.ReadWorkflowAsync(id, cancellationToken).ConfigureAwait(false)
        ?? await store.ReadTaskAsync(id, cancellationToken).ConfigureAwait(false)
        ?? (IExecution?)await store.ReadActionAsync(id, cancellationToken).ConfigureAwait(false)
        ?? throw new ExecutionNotFoundException(ExecutionKind.Workflow, id);

    private static Grid Facts(IExecution execution, DateTimeOffset now)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn(new GridColumn());
        Add(execution.Kind.ToString().ToLowerInvariant(), $"[bold]{Wording.OneLine(execution.Name, 200)}[/]  {StateLook.Markup(execution.State)}");
        Add("id", Wording.OneLine(execution.Id, 255));
        var (created, finished, info) = execution switch
        {
            WorkflowExecution workflow => (workflow.CreatedAt, workflow.FinishedAt, workflow.StateInfo),
            TaskExecution task => (task.CreatedAt, task.FinishedAt, task.StateInfo),
            ActionExecution action => (action.CreatedAt, action.FinishedAt, action.StateInfo),
            _ => throw new ArgumentOutOfRangeException(nameof(execution)),
        };
        if (execution is TaskExecution { WorkflowExecutionId: var above })
        {
            Add("part of", Wording.OneLine(above, 255));
        }
        else if (execution is ActionExecution { TaskExecutionId: { } task })
        {
            Add("part of", Wording.OneLine(task, 255));
        }

        if (execution is WorkflowExecution { Description.Length: > 0 } described)
        {
            Add("about", Wording.OneLine(described.Description, 500));
        }

        if (execution is WorkflowExecution { Tags.Count: > 0 } tagged)
        {
            Add("tags", Wording.OneLine(string.Join(", ", tagged.Tags), 500));
        }

        Add("created", $"{Wording.Time(created)} [grey]{Wording.Ago(created, now)}[/]");
        Add(finished is null ? "runs for" : "took", Wording.Took(created, finished, now));
        if (!string.IsNullOrEmpty(info))
        {
            Add("info", $"[{StateLook.Colour(execution.State)}]{Wording.Lines(info)}[/]");
        }

        return grid;

        void Add(string name, string markup) => grid.AddRow(new Markup($"[grey]{name}[/]"), new Markup(markup));
    }

    private static void WriteData(IAnsiConsole console, IExecution execution)
    {
        (string Name, JsonMap Data)[] all = execution switch
        {
            WorkflowExecution workflow => [("input", workflow.Input), ("environment", workflow.Environment), ("output", workflow.Output)],
            TaskExecution task => [("published", task.Published)],
            ActionExecution action => [("input", action.Input), ("output", action.Output)],
            _ => [],
        };
        foreach (var (name, data) in all.Where(d => d.Data.Count > 0))
        {
            console.WriteLine();
            console.MarkupLine($"[grey]{name}[/]");
            console.WriteLine(Indented(data));
        }
    }

    public static string Indented(JsonData data)
    {
        using var document = JsonDocument.Parse(data.ToUtf8());
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            document.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<JsonData> JsonOfAsync(IExecutionStore store, IExecution execution, CancellationToken cancellationToken)
    {
        if (execution is not WorkflowExecution workflow)
        {
            return JsonRecords.Of(execution);
        }

        var tasks = new List<JsonData>();
        await foreach (var task in EveryAsync(store.QueryTasksAsync, new() { ParentId = workflow.Id }, cancellationToken).ConfigureAwait(false))
        {
            var actions = new List<JsonData>();
            var workflows = new List<JsonData>();
            await foreach (var action in EveryAsync(store.QueryActionsAsync, new() { ParentId = task.Id }, cancellationToken).ConfigureAwait(false))
            {
                actions.Add(JsonRecords.Of(action));
            }

            await foreach (var nested in EveryAsync(store.QueryWorkflowsAsync, new() { ParentId = task.Id }, cancellationToken).ConfigureAwait(false))
            {
                workflows.Add(await JsonOfAsync(store, nested, cancellationToken).ConfigureAwait(false));
            }

            tasks.Add(JsonRecords.Of(task).AsObject().With("actions", JsonRecords.List(actions)).With("workflows", JsonRecords.List(workflows)));
        }

        return JsonRecords.Of(workflow).AsObject().With("tasks", JsonRecords.List(tasks));
    }

    private static async IAsyncEnumerable<T> EveryAsync<T>(
        Func<ExecutionQuery, CancellationToken, Task<ExecutionPage<T>>> read,
        ExecutionQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where T : IExecution
    {
        for (ExecutionQuery? next = query with { PageSize = ExecutionQuery.MaximumPageSize }; next is not null;)
        {
            var page = await read(next, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            next = page.Next is null ? null : next with { After = page.Next };
        }
    }
}
