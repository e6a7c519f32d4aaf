namespace Mistral.Executions.Simulation.Workflows;

/// <summary>Makes workflows by chance, of everything that a workflow can say.</summary>
internal sealed class WorkflowGenerator(Random random)
{
    private const int MostTries = 200;
    private readonly TaskGenerator _tasks = new(random);

    /// <summary>Some workflows, each of which can call those after it, and one that calls itself.</summary>
    public IReadOnlyList<WorkflowDefinition> Make()
    {
        var made = new List<WorkflowDefinition> { Itself() };
        var names = new List<string> { "itself" };
        for (var number = random.Next(1, 4); number > 0; number--)
        {
            var name = $"w{number}";
            made.Add(MakeOne(name, names));
            names.Add(name);
        }

        return made;
    }

    private static WorkflowDefinition Itself() => new WorkflowBuilder("itself")
        .Input("x", 0)
        .Task("again", t => t.Workflow("itself").OnError("noop"))
        .Build();

    // What the definition check refuses is not made: another one is.
    private WorkflowDefinition MakeOne(string name, IReadOnlyList<string> nested)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            try
            {
                return random.Next(6) == 0 ? Reverse(name, nested) : Direct(name, nested);
            }
            catch (DefinitionException)
            {
            }
        }

        throw new InvalidOperationException("No workflow could be made.");
    }

    private WorkflowDefinition Direct(string name, IReadOnlyList<string> nested)
    {
        var builder = Begin(name);
        if (random.Next(8) == 0)
        {
            builder.TaskDefaults(d => _tasks.Defaults(d));
        }

        var count = random.Next(1, 8);
        var inbound = new int[count];
        var routes = Enumerable.Range(0, count).Select(place => _tasks.RoutesOf(place, count, inbound)).ToArray();
        for (var place = 0; place < count; place++)
        {
            var here = place;
            builder.Task($"t{place}", t =>
            {
                _tasks.Fill(t, nested);
                routes[here](t);
                if (inbound[here] > 0 && random.Next(3) > 0)
                {
                    _tasks.Join(t, inbound[here]);
                }
            });
        }

        return builder.Build();
    }

    private WorkflowDefinition Reverse(string name, IReadOnlyList<string> nested)
    {
        var builder = Begin(name).Reverse();
        var count = random.Next(2, 7);
        for (var place = 0; place < count; place++)
        {
            var here = place;
            builder.Task($"t{place}", t =>
            {
                _tasks.Fill(t, nested);
                for (var other = here + 1; other < count; other++)
                {
                    if (random.Next(3) == 0)
                    {
                        t.Requires($"t{other}");
                    }
                }
            });
        }

        return builder.Build();
    }

    private WorkflowBuilder Begin(string name)
    {
        var builder = new WorkflowBuilder(name).Input("x", 0).Variable("rounds", 0);
        if (random.Next(3) == 0)
        {
            builder.Variable("v", c => c["x"]);
        }

        if (random.Next(3) == 0)
        {
            builder.Output("p", c => c["p"]).OutputOnError("failed", true);
        }

        if (random.Next(12) == 0)
        {
            builder.Output("wrong", c => c["p"].AsString());
        }

        return builder;
    }
}
