using Mistral.Executions.Runtime;

namespace Mistral.Executions.Simulation.Scheduling;

/// <summary>
/// Runs everything on one thread, one piece of work at a time, in an order made from a seed. When nothing can run, the clock
/// goes to the next timer.
/// </summary>
internal sealed class SimulationScheduler
{
    private readonly Random _random;
    private readonly History _history;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<(SimulatedProcess Process, object Work)> _ready = [];
    private readonly Queue<Action> _whenIdle = new();
    private readonly int _policy;
    private readonly object?[] _last = new object?[8];
    private int _next = int.MaxValue;
    private Action? _interruption;

    public SimulationScheduler(Random random, History history)
    {
        (_random, _history) = (random, history);
        _policy = random.Next(4);
        Clock = new(this);
    }

    public MachineClock Clock { get; }

    /// <summary>How many pieces of work have run.</summary>
    public int Steps { get; private set; }

    /// <summary>What ran last, for who wants to know why there is no end.</summary>
    public string Last => string.Join(", ", _last.Select(w => w is Action { Target: { } target } ? target.ToString() : w?.GetType().Name));

    /// <summary>Work that came from another thread: with it a run cannot be repeated.</summary>
    public string? Leak { get; private set; }

    /// <summary>Ends when nothing can run until the clock goes on.</summary>
    public Turn Idle(SimulatedProcess process) => new(this, process, whenIdle: true);

    public void Add(SimulatedProcess process, RuntimeWork work) => AddWork(process, work);

    public void Add(SimulatedProcess process, Action work) => AddWork(process, work);

    /// <summary>Takes up again what a process kept while it slept.</summary>
    public void AddWork(SimulatedProcess process, object work)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            Leak ??= Environment.StackTrace;
            return;
        }

        if (!process.IsDead)
        {
            _ready.Add((process, work));
        }
    }

    public void AddForIdle(Action work) => _whenIdle.Enqueue(work);

    /// <summary>Does something, after so many steps, between two pieces of work.</summary>
    public void InterruptAfter(int steps, Action interruption) => (_next, _interruption) = (Steps + steps, interruption);

    /// <summary>Nothing interrupts any more.</summary>
    public void InterruptNoMore() => _next = int.MaxValue;

    /// <summary>Runs until the task has ended. False when it has not after so many steps, or when nothing can happen any more.</summary>
    public bool RunUntil(Task task, int mostSteps)
    {
        while (!task.IsCompleted)
        {
            if (Steps >= mostSteps || Leak is not null)
            {
                return false;
            }

            if (Steps >= _next)
            {
                _next = int.MaxValue;
                _interruption!();
            }

            if (_ready.Count > 0)
            {
                RunOne();
            }
            else if (_whenIdle.TryDequeue(out var work))
            {
                work();
            }
            else if (!Clock.GoToNextTimer())
            {
                return false;
            }
        }

        return true;
    }

    private void RunOne()
    {
        var place = Choose();
        var (process, work) = _ready[place];
        if (_policy == 1)
        {
            _ready.RemoveAt(place);
        }
        else
        {
            _ready[place] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
        }

        if (process.IsDead)
        {
            return;
        }

        if (process.IsAsleep)
        {
            process.Keep(work);
            return;
        }

        _last[Steps++ % _last.Length] = work;
        _history.Choice(place);
        Run(work);

        // No two things happen at the same time, and some take long.
        Clock.GoOn(_random.Next(64) == 0 ? TimeSpan.FromMilliseconds(_random.Next(1, 400)) : TimeSpan.FromMicroseconds(1));
    }

    private static void Run(object work)
    {
        switch (work)
        {
            case RuntimeWork runtimeWork:
                runtimeWork.Execute();
                break;
            case Action action:
                action();
                break;
            default:
                throw new InvalidOperationException($"Nobody can run a {work.GetType()}.");
        }
    }

    // Any, nearly the first that came, nearly the last: different orders find different faults.
    private int Choose() => _policy switch
    {
        1 => _random.Next(10) == 0 ? _random.Next(_ready.Count) : 0,
        2 => _random.Next(5) == 0 ? _random.Next(_ready.Count) : _ready.Count - 1,
        _ => _random.Next(_ready.Count),
    };
}
