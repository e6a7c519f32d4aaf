namespace Mistral.Executions.Model;

/// <summary>
/// All small workflows of a family. Tasks are named by their place; in a family without cycles a route leads to a later
/// task only, which leaves nothing out but other orders of the same tasks in the definition.
/// </summary>
/// <param name="tasks">How many tasks.</param>
/// <param name="cycles">Whether routes lead back and to the task itself as well.</param>
/// <param name="sets">Whether a task can lead to another by several kinds of routes; otherwise by one at the most.</param>
/// <param name="commands">Whether one task has an engine command besides.</param>
internal sealed class Graphs(int tasks, bool cycles, bool sets, bool commands)
{
    private static readonly RouteKind[] Kinds = [RouteKind.OnSuccess, RouteKind.OnError, RouteKind.OnComplete];
    private static readonly string[] Commands = [EngineCommands.Noop, EngineCommands.Fail, EngineCommands.Succeed, EngineCommands.Pause];

    private readonly (int From, int To)[] _pairs =
    [
        .. from one in Enumerable.Range(0, tasks) from other in Enumerable.Range(0, tasks) where cycles || one < other select (one, other),
    ];

    private int Choices => sets ? 8 : 4;

    /// <summary>How many combinations of routes there are.</summary>
    public long Count => (long)Math.Pow(Choices, _pairs.Length);

    /// <summary>The workflows with one combination of routes: with every combination of joins, and of commands where there are any.</summary>
    /// <param name="number">Which.</param>
    public IEnumerable<ModelWorkflow> At(long number)
    {
        var routes = Enumerable.Range(0, tasks).Select(_ => new List<ModelRoute>()).ToArray();
        foreach (var (from, to) in _pairs)
        {
            var choice = (int)(number % Choices);
            number /= Choices;
            routes[from].AddRange(Kinds.Where((_, place) => sets ? (choice & (1 << place)) != 0 : choice == place + 1).Select(k => new ModelRoute(k, Name(to))));
        }

        var inbound = Enumerable.Range(0, tasks).Select(t => routes.Count(r => r.Exists(route => route.Target == Name(t)))).ToArray();
        if (inbound.All(i => i > 0))
        {
            return [];
        }

        var plain = new ModelWorkflow([.. Enumerable.Range(0, tasks).Select(t => new ModelTask(Name(t)) { Routes = routes[t] })]);
        var all = WithJoins(plain, inbound, 0);
        return commands ? all.SelectMany(WithCommands) : all;
    }

    private static string Name(int task) => ((char)('a' + task)).ToString();

    private static ModelWorkflow With(ModelWorkflow workflow, int place, Func<ModelTask, ModelTask> change) =>
        new([.. workflow.Tasks.Select((t, i) => i == place ? change(t) : t)]);

    private IEnumerable<ModelWorkflow> WithJoins(ModelWorkflow workflow, int[] inbound, int place)
    {
        if (place == tasks)
        {
            return [workflow];
        }

        // All of one is one of one, and all of two is two of two.
        var joins = new List<int?> { null };
        joins.AddRange(Enumerable.Range(1, inbound[place]).Select(n => n == inbound[place] ? 0 : (int?)n));
        return joins.SelectMany(join => WithJoins(With(workflow, place, t => t with { Join = join }), inbound, place + 1));
    }

    private IEnumerable<ModelWorkflow> WithCommands(ModelWorkflow workflow) =>
        from place in Enumerable.Range(0, tasks)
        from kind in Kinds
        from command in Commands
        from isFirst in new[] { true, false }
        let route = new ModelRoute(kind, command)
        select With(workflow, place, t => t with { Routes = isFirst ? [route, .. t.Routes] : [.. t.Routes, route] });
}
