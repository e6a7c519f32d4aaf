using CsCheck;

namespace Mistral.Executions.Model;

/// <summary>Longer workflows of all features, and one random sequence through each.</summary>
internal static class RandomRuns
{
    private const int LongestRun = 40;

    private static readonly RouteKind[] Kinds = [RouteKind.OnSuccess, RouteKind.OnError, RouteKind.OnComplete, RouteKind.OnSkip];
    private static readonly string[] Commands = [EngineCommands.Noop, EngineCommands.Fail, EngineCommands.Succeed, EngineCommands.Pause];

    /// <summary>A workflow, and the choices that make a sequence.</summary>
    public static Gen<(ModelWorkflow Workflow, int[] Choices)> Runs { get; } =
        Gen.Int[2, 8].SelectMany(Workflow).Select(Gen.Int[0, int.MaxValue].Array[LongestRun]);

    /// <summary>The run of a number.</summary>
    public static (ModelWorkflow Workflow, int[] Choices) At(long number) => Runs.Generate(new PCG(1, (ulong)number), null, out _);

    /// <summary>Goes through a sequence.</summary>
    /// <returns>How many sequences that was: none when the workflow can never work.</returns>
    /// <exception cref="ModelMismatchException">The decider and the model differ.</exception>
    public static int Run((ModelWorkflow Workflow, int[] Choices) run)
    {
        try
        {
            var at = Lockstep.Begin(run.Workflow);
            foreach (var choice in run.Choices)
            {
                var messages = Exploration.Results(at.Model).ToList();
                if (messages.Count == 0 || choice % 10 == 0)
                {
                    messages.AddRange(Exploration.Verbs(at.Model));
                }

                at = at.After(messages[choice / 10 % messages.Count]);
            }

            return 1;
        }
        catch (DefinitionException)
        {
            return 0;
        }
    }

    private static Gen<ModelWorkflow> Workflow(int tasks)
    {
        var all = new Gen<ModelTask>[tasks];
        for (var place = 0; place < tasks; place++)
        {
            all[place] = Task(place, tasks);
        }

        return Gen.ShuffleSelect(all).Where(t => t.Length == tasks).Select(t => Sound(t));
    }

    private static Gen<ModelTask> Task(int place, int tasks) =>
        Gen.Select(
            Route(place, tasks).Array[0, 3],
            Rarely(Gen.Int[0, 2], 2),
            Rarely(Gen.Int[0, 3], 5),
            Gen.Int[0, 2],
            Rarely(Gen.Int[1, 2], 5),
            Gen.Int[0, 255],
            (routes, join, items, concurrency, retries, policies) => new ModelTask(Name(place))
            {
                Routes = [.. routes.DistinctBy(r => (r.Kind, r.Target))],
                Join = join,
                Items = items,
                Concurrency = items is null ? 0 : concurrency,
                Retries = retries ?? 0,
                WaitBefore = policies % 10 == 1 ? 2 : 0,
                WaitAfter = policies % 10 == 2 ? 3 : 0,
                Timeout = policies % 7 == 3 ? 5 : 0,
                PauseBefore = policies % 17 == 4,
                FailOn = policies % 17 == 5,
            });

    private static Gen<ModelRoute> Route(int place, int tasks) =>
        Gen.Select(
            Gen.Int[0, 3],
            Gen.Int[0, 99],
            Gen.Int[0, tasks - 1],
            (kind, dice, target) => new ModelRoute(
                Kinds[kind],
                dice < 8 ? Commands[dice % 4] : Name(dice < 15 || place == tasks - 1 ? target : Math.Max(target, place + 1)),
                dice != 99));

    // A join waits for no more tasks than lead to it.
    private static ModelWorkflow Sound(ModelTask[] tasks)
    {
        var workflow = new ModelWorkflow(tasks);
        return new([.. tasks.Select(t => t with { Join = workflow.Inbound(t.Name).Count is var inbound and > 0 && t.Join is { } join ? Math.Min(join, inbound) : null })]);
    }

    private static Gen<int?> Rarely(Gen<int> some, int often) => Gen.Int[0, often].SelectMany(n => n == 0 ? some.Select(v => (int?)v) : Gen.Const((int?)null));

    private static string Name(int task) => ((char)('a' + task)).ToString();
}
