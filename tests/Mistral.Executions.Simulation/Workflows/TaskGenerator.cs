namespace Mistral.Executions.Simulation.Workflows;

/// <summary>Says by chance what a task does, and where it leads.</summary>
internal sealed class TaskGenerator(Random random)
{
    private static readonly string[] Actions =
    [
        "sim.safe", "sim.safe", "sim.safe", "sim.unsafe", "sim.unsafe", "sim.outside", "sim.outside", "sim.outside_deadline",
        "sim.inline", "sim.timed", "sim.adhoc", "std.noop", "std.fail", "sim.missing",
    ];

    private int _key;

    public void Defaults(TaskDefaultsBuilder defaults)
    {
        switch (random.Next(4))
        {
            case 0:
                defaults.Retry(1, Seconds(3));
                break;
            case 1:
                defaults.OnError(Routes.Noop());
                break;
            case 2:
                defaults.Timeout(Seconds(20) + TimeSpan.FromSeconds(1));
                break;
            default:
                defaults.WaitBefore(Seconds(3));
                break;
        }
    }

    public void Fill(TaskBuilder task, IReadOnlyList<string> nested)
    {
        var key = _key++;
        if (random.Next(6) == 0)
        {
            // The one that calls itself is expensive.
            var name = nested[random.Next(4) == 0 ? 0 : nested.Count - 1];
            task.Workflow(name).Input(c => JsonMap.Create(("x", c["i"])));
        }
        else
        {
            var action = Actions[random.Next(Actions.Length - (random.Next(4) == 0 ? 0 : 1))];
            task.Action(action);
            if (action.StartsWith("sim.", StringComparison.Ordinal))
            {
                task.Input(c => JsonMap.Create(("key", key), ("i", c["i"])));
            }
        }

        if (random.Next(5) == 0)
        {
            Items(task);
        }

        Policies(task);
        Publish(task);
    }

    /// <summary>Routes from a task, mostly onwards; what leads back does so a few times only.</summary>
    public Action<TaskBuilder> RoutesOf(int place, int count, int[] inbound)
    {
        var routes = new List<Action<TaskBuilder>>();
        var targets = new HashSet<int>();
        for (var number = random.Next(4); number > 0 && place + 1 < count; number--)
        {
            var target = random.Next(place + 1, count);
            inbound[target] += targets.Add(target) ? 1 : 0;
            routes.Add(RouteTo($"t{target}"));
        }

        if (place > 1 && random.Next(8) == 0)
        {
            var target = random.Next(1, place);
            inbound[target] += targets.Add(target) ? 1 : 0;
            routes.Add(t => t.PublishGlobal("rounds", c => c.Globals()["rounds"].TryGetInt64(out var rounds) ? rounds + 1 : 1).OnSuccess($"t{target}", c => c.Globals()["rounds"] < 2));
        }

        if (random.Next(7) == 0)
        {
            routes.Add(Command());
        }

        return t => routes.ForEach(r => r(t));
    }

    public void Join(TaskBuilder task, int inbound)
    {
        switch (random.Next(4))
        {
            case 0:
                task.JoinOne();
                break;
            case 1:
                task.Join(random.Next(1, inbound + 1));
                break;
            default:
                task.JoinAll();
                break;
        }
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private TimeSpan Some(int most) => TimeSpan.FromSeconds(random.Next(1, most + 1));

    private Action<TaskBuilder> RouteTo(string target)
    {
        var kind = random.Next(8);
        var when = Guard();
        return kind switch
        {
            < 4 => when is null ? t => t.OnSuccess(target) : t => t.OnSuccess(target, when),
            4 or 5 => when is null ? t => t.OnComplete(target) : t => t.OnComplete(target, when),
            6 => when is null ? t => t.OnError(target) : t => t.OnError(target, when),
            _ => t => t.OnSuccess(target).OnSkip(target),
        };
    }

    private Func<IExpressionContext, bool>? Guard() => random.Next(12) switch
    {
        0 => _ => true,
        1 => _ => false,
        2 => c => c.Result()["even"] == true,
        3 => c => c.Result()["n"] > 2,
        4 => c => c["x"] == 0,
        5 when random.Next(3) == 0 => c => c["nothing"].AsBoolean(),
        6 when random.Next(6) == 0 => _ => throw new NotSupportedException("a guard that cannot be worked out"),
        _ => null,
    };

    private Action<TaskBuilder> Command()
    {
        var command = random.Next(4) switch
        {
            0 => Routes.Fail("no more"),
            1 => Routes.Succeed("enough"),
            2 => Routes.Pause("wait"),
            _ => Routes.Noop(),
        };
        return random.Next(3) switch
        {
            0 => t => t.OnSuccess(command),
            1 => t => t.OnComplete(command),
            _ => t => t.OnError(command),
        };
    }

    private void Items(TaskBuilder task)
    {
        var count = random.Next(8) == 0 ? 0 : random.Next(1, 6);
        if (random.Next(20) == 0)
        {
            count = Limits.Items + 1;
        }

        if (random.Next(20) == 0)
        {
            task.WithItems("i", _ => "no list");
        }
        else
        {
            task.WithItems("i", _ => JsonList.Create([.. Enumerable.Range(0, count).Select(i => (JsonData)i)]));
        }

        if (random.Next(2) == 0)
        {
            task.Concurrency(random.Next(1, 4));
        }
    }

    private void Policies(TaskBuilder task)
    {
        if (random.Next(5) == 0)
        {
            task.Retry(
                random.Next(1, Limits.Retries + 1),
                TimeSpan.FromSeconds(random.Next(6)),
                breakOn: random.Next(4) == 0 ? _ => true : null,
                continueOn: random.Next(4) == 0 ? c => c.Result()["even"] == true : null);
        }

        if (random.Next(8) == 0)
        {
            task.WaitBefore(Some(10));
        }

        if (random.Next(8) == 0)
        {
            task.WaitAfter(Some(10));
        }

        if (random.Next(7) == 0)
        {
            task.Timeout(Some(20));
        }

        if (random.Next(25) == 0)
        {
            task.PauseBefore();
        }

        if (random.Next(12) == 0)
        {
            task.FailOn(c => c.Result()["even"] == false);
        }

        if (random.Next(8) == 0)
        {
            task.SafeRerun(random.Next(2) == 0);
        }

        if (random.Next(8) == 0)
        {
            task.Target("narrow");
        }
    }

    private void Publish(TaskBuilder task)
    {
        if (random.Next(3) == 0)
        {
            task.Publish("p", c => c.Result()["n"]);
        }

        if (random.Next(8) == 0)
        {
            task.PublishGlobal("g", c => c.Result());
        }

        if (random.Next(10) == 0)
        {
            task.Publish("e", "failed", RouteKind.OnError);
        }

        if (random.Next(10) == 0)
        {
            task.KeepResult(false);
        }

        if (random.Next(15) == 0)
        {
            task.Publish("t", c => c.Tasks(null, true, null, false));
        }
    }
}
