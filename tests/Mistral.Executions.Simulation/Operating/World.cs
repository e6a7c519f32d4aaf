using Mistral.Executions.Decisions;
using Mistral.Executions.Runtime;
using Mistral.Executions.Simulation.Bugs;
using Mistral.Executions.Simulation.Checks;
using Mistral.Executions.Simulation.Faults;
using Mistral.Executions.Simulation.Scheduling;
using Mistral.Executions.Simulation.Workflows;

namespace Mistral.Executions.Simulation.Operating;

/// <summary>The machine: its store, its processes with their engines, and those who look at all of it.</summary>
internal sealed class World
{
    private readonly Chance _chance;
    private readonly PlantedBug _bug;
    private readonly int _atRest;
    private readonly int _window;
    private readonly int _parallel;
    private readonly int _pending;
    private readonly TimeSpan _mostOffset;
    private int _processes;

    public World(Chance chance, SimulationScheduler scheduler, History history, Violations violations, PlantedBug bug)
    {
        (_chance, _bug, Scheduler, History, Violations) = (chance, bug, scheduler, history, violations);
        var random = chance.Operating;
        Operator = new(scheduler, "operator", TimeSpan.Zero);
        Workflows = new WorkflowGenerator(chance.Workflows).Make();
        if (history.KeepsLines)
        {
            foreach (var workflow in Workflows)
            {
                history.Note($"{workflow.Name}: {(JsonData)workflow.Specification}");
                foreach (var task in workflow.Tasks)
                {
                    history.Note($"  {task.Name}: {task.Policies} keep-result {task.KeepResult} publish {task.PublishOnSuccess} {task.PublishOnError}");
                }
            }
        }

        EngineCount = random.Next(10) switch { < 6 => 1, < 9 => 2, _ => 3 };
        _mostOffset = EngineCount > 1 && random.Next(3) == 0 ? TimeSpan.FromSeconds(random.Next(1, 60)) : TimeSpan.Zero;
        _atRest = OneOf(random, 0, 1, 1000);
        _window = OneOf(random, 1, 2, 3, 10_000);
        _parallel = OneOf(random, 1, 2, 16);
        _pending = OneOf(random, 1, 3, 4096);
        Plan = new(chance.Faults, OneOf(random, 0, 0.01, 0.05, 0.15));
        HasDeaths = random.Next(3) > 0;
        Audit = new(new InMemoryExecutionStore(), new WorkflowOracle(Workflows), history, violations);
        Actions = new(chance.Bodies, scheduler, new BodyAudit(Audit, history, violations, ClocksAgree));
    }

    public SimulationScheduler Scheduler { get; }

    public History History { get; }

    public Violations Violations { get; }

    public CommitAudit Audit { get; }

    public FaultPlan Plan { get; }

    public ScriptedActions Actions { get; }

    /// <summary>Who stands outside of everything and never dies.</summary>
    public SimulatedProcess Operator { get; }

    public IReadOnlyList<WorkflowDefinition> Workflows { get; }

    public int EngineCount { get; }

    /// <summary>Whether processes die in this run.</summary>
    public bool HasDeaths { get; }

    public bool ClocksAgree => _mostOffset == TimeSpan.Zero;

    /// <summary>How many processes died.</summary>
    public int Deaths { get; private set; }

    /// <summary>The engines that are open.</summary>
    public List<Host> Hosts { get; } = [];

    /// <summary>How many processes are about to open their engine.</summary>
    public int Starting { get; private set; }

    public Random Random => _chance.Operating;

    /// <summary>Opens an engine in a new process. It is among the hosts once it is open.</summary>
    private async Task OpenAsync()
    {
        var offset = _mostOffset * Random.NextDouble();
        var process = new SimulatedProcess(Scheduler, $"p{++_processes}", TimeSpan.FromMilliseconds(Math.Floor(offset.TotalMilliseconds)));
        var clock = new ProcessClock(Scheduler.Clock, process);
        IExecutionStore store = new FaultyStore(Audit, process, clock, Plan);
        var options = new ExecutionEngineOptions(_bug.Store(store))
        {
            Time = _bug.Time(clock),
            Loggers = new LogAudit(process.Name, History, Violations),
            MaximumExecutionsAtRest = _atRest,
            TimerWindow = _window,
            MaximumParallelActions = _parallel,
            MaximumPendingCalls = _pending,
            MaximumNesting = Limits.Nesting,
            MaximumItems = Limits.Items,
            MaximumPayloadBytes = Limits.PayloadBytes,
            ShutdownDeadline = TimeSpan.FromSeconds(Random.Next(3)),
        };
        _bug.Configure(options);
        options.AddTarget("narrow", 1).AddAdHocAction(AdHoc);
        Actions.Register(options, process);
        foreach (var workflow in Workflows)
        {
            options.AddWorkflow(_bug.Workflow(workflow));
        }

        IRuntimeScheduler scheduler = new ProcessScheduler(Scheduler, process);
        IIdSource ids = new OrderedIdSource(_chance.Ids);
        var host = new Host(process, clock);
        Starting++;
        try
        {
            host.Engine = await ExecutionEngine.OpenAsync(options, _bug.Scheduler(scheduler), _bug.Ids(ids), CancellationToken.None);
            Hosts.Add(host);
        }
        catch (StoreException)
        {
            process.Die();
        }
        finally
        {
            Starting--;
        }
    }

    /// <summary>A process dies: nothing of it ever happens any more. Whether others know it at once depends on the store.</summary>
    public void Kill(Host host)
    {
        host.Process.Die();
        if (Remove(host) && Random.Next(2) == 0)
        {
            // As a store that sees the death of a process.
            _ = Audit.Inner.ReleaseLeaseAsync(host.Engine.Id, CancellationToken.None);
        }
    }

    /// <summary>The engine of a process stops, as when it meets a fault of its own; the process goes on for a while.</summary>
    public void Break(Host host)
    {
        host.Engine.Runtime.Kill();
        Remove(host);
    }

    /// <summary>The engine of a process is closed as it should be.</summary>
    public void Close(Host host)
    {
        if (Remove(host))
        {
            Scheduler.Add(host.Process, () => _ = CloseAsync(host));
        }
    }

    /// <summary>Opens what engines are missing, and drops those that act no more because another has taken over.</summary>
    public void Supervise()
    {
        foreach (var host in Hosts.ToList())
        {
            if (host.Engine.Runtime.StopReason is { } reason)
            {
                if (reason is not LeaseLostException)
                {
                    Violations.Add(Promise.EngineGoesOn, $"the engine of {host.Process.Name} has stopped: {reason}");
                }

                Close(host);
            }
        }

        for (var missing = EngineCount - Hosts.Count - Starting; missing > 0; missing--)
        {
            _ = OpenAsync();
        }
    }

    private async Task CloseAsync(Host host)
    {
        try
        {
            await host.Engine.DisposeAsync();
            History.Event($"{host.Process.Name} has closed its engine");
        }
        catch (Exception exception)
        {
            Violations.Add(Promise.EngineGoesOn, $"an engine cannot be closed: {exception}");
        }
    }

    private bool Remove(Host host)
    {
        if (Hosts.Remove(host))
        {
            Deaths++;
            History.Event($"{host.Process.Name} ends");
            return true;
        }

        return false;
    }

    private static AdHocActionDefinition AdHoc { get; } = new()
    {
        Name = "sim.adhoc",
        Base = "sim.safe",
        Input = [new("key"), new("i", JsonData.Null)],
        BaseInput = new DelegateExpression("base-input", c => JsonMap.Create(("key", c["key"]))),
        Output = new DelegateExpression("output", c => c.Root ?? default),
    };

    private static T OneOf<T>(Random random, params ReadOnlySpan<T> values) => values[random.Next(values.Length)];
}
