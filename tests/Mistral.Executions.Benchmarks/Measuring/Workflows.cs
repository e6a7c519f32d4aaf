namespace Mistral.Executions.Benchmarks.Measuring;

/// <summary>The workflows that are run.</summary>
internal static class Workflows
{
    /// <summary>Steps one after the other.</summary>
    public static WorkflowDefinition Chain(string name, int steps)
    {
        var builder = new WorkflowBuilder(name);
        for (var place = 0; place < steps; place++)
        {
            var next = place + 1;
            builder.Task($"t{place}", t => (next < steps ? t.OnSuccess($"t{next}") : t).Action(Subject.Nothing));
        }

        return builder.Build();
    }

    /// <summary>The same with a guard on each route and a variable that each step publishes, as delegates.</summary>
    public static WorkflowDefinition GuardedChain(string name, int steps)
    {
        var builder = new WorkflowBuilder(name).Variable("n", 0);
        for (var place = 0; place < steps; place++)
        {
            var next = place + 1;
            builder.Task($"t{place}", t => (next < steps ? t.OnSuccess($"t{next}", c => c["n"].AsInteger() >= 0) : t)
                .Action(Subject.Nothing)
                .Publish("n", c => c["n"].AsInteger() + 1));
        }

        return builder.Build();
    }

    /// <summary>The guarded chain in the workflow language.</summary>
    public static string GuardedChainYaml(string name, int steps)
    {
        var text = new System.Text.StringBuilder().Append("version: '2.0'\n").Append(name).Append(":\n  vars:\n    n: 0\n  tasks:\n");
        for (var place = 0; place < steps; place++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"    t{place}:\n      action: {Subject.Nothing}\n      publish:\n        n: <% $.n + 1 %>\n");
            if (place + 1 < steps)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"      on-success:\n        - t{place + 1}: <% $.n >= 0 %>\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Parallel tasks between one that comes before and a join of all.</summary>
    public static WorkflowDefinition FanOut(string name, int tasks)
    {
        var builder = new WorkflowBuilder(name)
            .Task("begin", t => t.Action(Subject.Nothing).OnSuccess([.. Enumerable.Range(0, tasks).Select(i => $"t{i}")]));
        for (var place = 0; place < tasks; place++)
        {
            builder.Task($"t{place}", t => t.Action(Subject.Nothing).OnSuccess("all"));
        }

        return builder.Task("all", t => t.JoinAll().Action(Subject.Nothing)).Build();
    }

    public static WorkflowDefinition Items(string name, int items, int concurrency) => new WorkflowBuilder(name)
        .Task("each", t => t
            .WithItems("i", _ => JsonList.Create(Enumerable.Range(0, items).Select(i => (JsonData)i)))
            .Concurrency(concurrency)
            .Action(Subject.Nothing))
        .Build();

    /// <summary>Waits for a result from outside.</summary>
    public static WorkflowDefinition Waiting(string name) => new WorkflowBuilder(name).Task("wait", t => t.Action(Subject.Outside)).Build();
}
