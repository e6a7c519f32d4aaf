using Mistral.Executions;
using Mistral.Executions.Language;

namespace YamlWorkflow;

/// <summary>Runs one workflow of a file: says what happens while it runs, and shows what ran at the end.</summary>
internal sealed class WorkflowRun(TextWriter output, TextWriter error)
{
    /// <summary>Does what the command line says.</summary>
    /// <returns>The exit code: 0 after SUCCESS, 1 after any other end, 2 when it cannot be started.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> commandLine, CancellationToken cancellationToken)
    {
        try
        {
            var arguments = RunArguments.Parse(commandLine);
            return await RunAsync(arguments, cancellationToken);
        }
        catch (ArgumentException exception)
        {
            await error.WriteLineAsync(exception.Message);
            await error.WriteLineAsync(RunArguments.Usage);
            return 2;
        }
        catch (Exception exception) when (exception is ExecutionException or FileNotFoundException)
        {
            await error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private async Task<int> RunAsync(RunArguments arguments, CancellationToken cancellationToken)
    {
        var documents = MistralLanguage.ReadFiles(arguments.File);
        var workflows = documents.SelectMany(d => d.Workflows).ToList();
        var workflow = workflows.Find(w => w.Name == arguments.Workflow || w.Name == $"{w.Workbook}.{arguments.Workflow}")
            ?? throw new ArgumentException($"There is no workflow '{arguments.Workflow}'; there are: {string.Join(", ", workflows.Select(w => w.Name))}.");

        var options = arguments.Database is null ? new ExecutionEngineOptions(new InMemoryExecutionStore()) : new(arguments.Database);
        options.AllowHttp();
        foreach (var document in documents)
        {
            options.AddDocument(document);
        }

        await using var engine = await ExecutionEngine.OpenAsync(options, cancellationToken);
        var ended = await WatchAsync(engine, workflow, arguments.Input, cancellationToken);

        await output.WriteLineAsync();
        await output.WriteLineAsync(ended.Output.ToString());
        await output.WriteLineAsync();
        await output.WriteLineAsync("```mermaid");
        await output.WriteAsync(await engine.GetDiagramAsync(ended.Id, DiagramFormat.Mermaid, cancellationToken));
        await output.WriteLineAsync("```");
        return ended.State == ExecutionState.Success ? 0 : 1;
    }

    private async Task<WorkflowExecution> WatchAsync(ExecutionEngine engine, WorkflowDefinition workflow, JsonMap input, CancellationToken cancellationToken)
    {
        // The watch begins before the start, so it misses nothing.
        var id = Guid.CreateVersion7().ToString();
        var watch = new ExecutionWatch { RootExecutionId = id, Kinds = [ExecutionKind.Workflow, ExecutionKind.Task] };
        await using var changes = engine.WatchAsync(watch).GetAsyncEnumerator(cancellationToken);
        await engine.StartAsync(workflow, input, new() { Id = id }, cancellationToken);
        while (await changes.MoveNextAsync())
        {
            var execution = changes.Current.Execution;
            await output.WriteLineAsync(Describe(execution));
            if (execution is WorkflowExecution ended && ended.Id == id && ended.State.IsCompleted())
            {
                return ended;
            }
        }

        return await engine.WaitAsync(id, cancellationToken);
    }

    private static string Describe(IExecution execution)
    {
        var name = execution is TaskExecution task ? $"{task.WorkflowName} / {task.Name}" : execution.Name;
        var items = execution is TaskExecution { Items: { } progress } ? $", {progress.Finished} of {progress.Count} items" : "";
        var info = string.IsNullOrEmpty(execution.StateInfo) ? "" : $": {execution.StateInfo.Split('\n')[0]}";
        return $"{name}: {execution.State.ToWireName()}{items}{info}";
    }
}
