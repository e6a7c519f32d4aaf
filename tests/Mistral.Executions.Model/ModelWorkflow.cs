namespace Mistral.Executions.Model;

/// <summary>A workflow as the model sees it, and the definition that says the same to the decider.</summary>
internal sealed record ModelWorkflow(IReadOnlyList<ModelTask> Tasks)
{
    /// <summary>The action of every task: its results come from the model.</summary>
    public const string Action = "model.work";

    /// <summary>The names of the tasks with a route to that one, each once.</summary>
    public IReadOnlyList<string> Inbound(string target) =>
        [.. Tasks.Where(t => t.Routes.Any(r => r.Target == target)).Select(t => t.Name)];

    public ModelTask Find(string name) => Tasks.Single(t => t.Name == name);

    /// <exception cref="DefinitionException">It can never work.</exception>
    public WorkflowDefinition ToDefinition()
    {
        var builder = new WorkflowBuilder("model");
        foreach (var task in Tasks)
        {
            builder.Task(task.Name, t => Configure(t, task));
        }

        return builder.Build();
    }

    public override string ToString() => string.Join("; ", Tasks);

    private static void Configure(TaskBuilder builder, ModelTask task)
    {
        builder.Action(Action)
            .Publish("x", task.Name)
            .Publish("e", task.Name, RouteKind.OnError)
            .Publish($"by-{task.Name}", "Success")
            .Publish($"by-{task.Name}", "Error", RouteKind.OnError);
        foreach (var route in task.Routes)
        {
            var target = route.Guard ? Routes.To(route.Target) : Routes.To(route.Target, _ => false);
            _ = route.Kind switch
            {
                RouteKind.OnSuccess => builder.OnSuccess(target),
                RouteKind.OnError => builder.OnError(target),
                RouteKind.OnComplete => builder.OnComplete(target),
                _ => builder.OnSkip(target),
            };
        }

        if (task.Join is { } join)
        {
            _ = join == 0 ? builder.JoinAll() : builder.Join(join);
        }

        if (task.Items is { } items)
        {
            builder.WithItems("i", _ => JsonList.Create(Enumerable.Range(0, items).Select(i => (JsonData)i)));
        }

        ConfigurePolicies(builder, task);
    }

    private static void ConfigurePolicies(TaskBuilder builder, ModelTask task)
    {
        if (task.Concurrency > 0)
        {
            builder.Concurrency(task.Concurrency);
        }

        if (task.Retries > 0)
        {
            builder.Retry(task.Retries, TimeSpan.FromSeconds(1));
        }

        if (task.WaitBefore > 0)
        {
            builder.WaitBefore(TimeSpan.FromSeconds(task.WaitBefore));
        }

        if (task.WaitAfter > 0)
        {
            builder.WaitAfter(TimeSpan.FromSeconds(task.WaitAfter));
        }

        if (task.Timeout > 0)
        {
            builder.Timeout(TimeSpan.FromSeconds(task.Timeout));
        }

        if (task.PauseBefore)
        {
            builder.PauseBefore();
        }

        if (task.FailOn)
        {
            builder.FailOn(_ => true);
        }
    }
}
