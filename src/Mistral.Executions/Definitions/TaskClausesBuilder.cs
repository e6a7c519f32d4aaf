namespace Mistral.Executions;

/// <summary>What a task and the defaults of all tasks can both say: routes, required tasks and policies.</summary>
/// <typeparam name="TBuilder">The builder itself, so that calls can follow each other.</typeparam>
public abstract class TaskClausesBuilder<TBuilder>
    where TBuilder : TaskClausesBuilder<TBuilder>
{
    private readonly List<RouteDefinition>[] _routes = [[], [], [], []];
    private readonly List<string> _requires = [];

    private protected TaskClausesBuilder()
    {
    }

    private protected TaskPolicies Policies { get; private set; } = TaskPolicies.None;

    private protected IReadOnlyList<string> RequiredTasks => [.. _requires];

    private protected abstract TBuilder This { get; }

    /// <summary><c>on-success</c>: where SUCCESS leads to. See "Transitions with direct workflow" in Mistral's description of the workflow language.</summary>
    /// <param name="targets">Names of tasks or engine commands, all of which follow.</param>
    /// <returns>This builder.</returns>
    public TBuilder OnSuccess(params string[] targets) => Add(RouteKind.OnSuccess, targets);

    /// <summary><c>on-success</c> with a guard.</summary>
    /// <param name="target">The name of a task or engine command.</param>
    /// <param name="when">It follows when this is true.</param>
    /// <returns>This builder.</returns>
    public TBuilder OnSuccess(string target, Func<IExpressionContext, bool> when) => Add(RouteKind.OnSuccess, target, when);

    /// <summary><c>on-success</c> with routes made by <see cref="Routes"/>, such as an engine command with its message.</summary>
    /// <param name="routes">The routes.</param>
    /// <returns>This builder.</returns>
    public TBuilder OnSuccess(params RouteDefinition[] routes) => Add(RouteKind.OnSuccess, routes);

    /// <summary><c>on-error</c>: where ERROR leads to. See "Transitions with direct workflow" in Mistral's description of the workflow language.</summary>
    /// <param name="targets">Names of tasks or engine commands, all of which follow.</param>
    /// <returns>This builder.</returns>
    public TBuilder OnError(params string[] targets) => Add(RouteKind.OnError, targets);

    /// <summary><c>on-error</c> with a guard.</summary>
    /// <param name="target">The name of a task or engine command.</param>
    /// <param name="when">It follows when this is true.</param>
    /// <returns>This builder.</returns>
    public TBuilder OnError(string target, Func<IExpressionContext, bool> when) => Add(RouteKind.OnError, target, when);

    /// <summary><c>on-error</c> with routes made by <see cref="Routes"/>, such as an engine command with its message.</summary>
    /// <param name="routes">The routes.</param>
    /// <returns>This builder.</returns>
    public TBuilder OnError(params RouteDefinition[] routes) => Add(RouteKind.OnError, routes);

    /// <summary><c>on-complete</c>: where SUCCESS and ERROR both lead to. See "Transitions with direct workflow" in Mistral's description of the workflow language.</summary>
    /// <param name="targets">Names of tasks or engine commands, all of which follow.</param>
    /// <returns>This builder.</returns>
    public TBuilder OnComplete(params string[] targets) => Add(RouteKind.OnComplete, targets);

    /// <summary><c>on-complete</c> with a guard.</summary>
    /// <param name="target">The name of a task or engine command.</param>
    /// <param name="when">It follows when this is true.</param>
    /// <returns>This builder.</returns>
    public TBuilder OnComplete(string target, Func<IExpressionContext, bool> when) => Add(RouteKind.OnComplete, target, when);

    /// <summary><c>on-complete</c> with routes made by <see cref="Routes"/>, such as an engine command with its message.</summary>
    /// <param name="routes">The routes.</param>
    /// <returns>This builder.</returns>
    public TBuilder OnComplete(params RouteDefinition[] routes) => Add(RouteKind.OnComplete, routes);

    /// <summary><c>on-skip</c>: where SKIPPED leads to; without it, skipping leads where SUCCESS does.</summary>
    /// <param name="targets">Names of tasks or engine commands, all of which follow.</param>
    /// <returns>This builder.</returns>
    public TBuilder OnSkip(params string[] targets) => Add(RouteKind.OnSkip, targets);

    /// <summary><c>on-skip</c> with a guard.</summary>
    /// <param name="target">The name of a task or engine command.</param>
    /// <param name="when">It follows when this is true.</param>
    /// <returns>This builder.</returns>
    public TBuilder OnSkip(string target, Func<IExpressionContext, bool> when) => Add(RouteKind.OnSkip, target, when);

    /// <summary><c>on-skip</c> with routes made by <see cref="Routes"/>, such as an engine command with its message.</summary>
    /// <param name="routes">The routes.</param>
    /// <returns>This builder.</returns>
    public TBuilder OnSkip(params RouteDefinition[] routes) => Add(RouteKind.OnSkip, routes);

    /// <summary><c>requires</c>: the tasks that must have succeeded before, in a reverse workflow. See "Reverse workflow" in Mistral's description of the workflow language.</summary>
    /// <param name="tasks">The names of the tasks.</param>
    /// <returns>This builder.</returns>
    public TBuilder Requires(params string[] tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        _requires.AddRange(tasks);
        return This;
    }

    /// <summary><c>pause-before</c>: pauses the workflow execution before the task. See "Policies" in Mistral's description of the workflow language.</summary>
    /// <param name="pause">Whether it does.</param>
    /// <returns>This builder.</returns>
    public TBuilder PauseBefore(bool pause = true) => Set(Policies with { PauseBefore = DelegateExpressions.Constant(pause) });

    /// <summary><c>pause-before</c>: pauses the workflow execution before the task. See "Policies" in Mistral's description of the workflow language.</summary>
    /// <param name="when">Gives whether it does.</param>
    /// <returns>This builder.</returns>
    public TBuilder PauseBefore(Func<IExpressionContext, bool> when) => Set(Policies with { PauseBefore = DelegateExpressions.Condition("pause-before", when) });

    /// <summary><c>wait-before</c>: a delay before the task starts. See "Policies" in Mistral's description of the workflow language.</summary>
    /// <param name="delay">The delay, zero or more.</param>
    /// <returns>This builder.</returns>
    public TBuilder WaitBefore(TimeSpan delay) => Set(Policies with { WaitBefore = DelegateExpressions.Constant(delay) });

    /// <summary><c>wait-before</c>: a delay before the task starts. See "Policies" in Mistral's description of the workflow language.</summary>
    /// <param name="delay">Gives the delay.</param>
    /// <returns>This builder.</returns>
    public TBuilder WaitBefore(Func<IExpressionContext, TimeSpan> delay) => Set(Policies with { WaitBefore = DelegateExpressions.Seconds("wait-before", delay) });

    /// <summary><c>wait-after</c>: a delay before the end of the task counts. See "Policies" in Mistral's description of the workflow language.</summary>
    /// <param name="delay">The delay, zero or more.</param>
    /// <returns>This builder.</returns>
    public TBuilder WaitAfter(TimeSpan delay) => Set(Policies with { WaitAfter = DelegateExpressions.Constant(delay) });

    /// <summary><c>wait-after</c>: a delay before the end of the task counts. See "Policies" in Mistral's description of the workflow language.</summary>
    /// <param name="delay">Gives the delay.</param>
    /// <returns>This builder.</returns>
    public TBuilder WaitAfter(Func<IExpressionContext, TimeSpan> delay) => Set(Policies with { WaitAfter = DelegateExpressions.Seconds("wait-after", delay) });

    /// <summary><c>timeout</c>: the task ends in ERROR when it takes longer. See "Policies" in Mistral's description of the workflow language.</summary>
    /// <param name="limit">How long it may take; zero for no limit.</param>
    /// <returns>This builder.</returns>
    public TBuilder Timeout(TimeSpan limit) => Set(Policies with { Timeout = DelegateExpressions.Constant(limit) });

    /// <summary><c>timeout</c>: the task ends in ERROR when it takes longer. See "Policies" in Mistral's description of the workflow language.</summary>
    /// <param name="limit">Gives how long it may take.</param>
    /// <returns>This builder.</returns>
    public TBuilder Timeout(Func<IExpressionContext, TimeSpan> limit) => Set(Policies with { Timeout = DelegateExpressions.Seconds("timeout", limit) });

    /// <summary><c>fail-on</c>: turns a success into an error. See "Policies" in Mistral's description of the workflow language.</summary>
    /// <param name="when">Gives whether it does.</param>
    /// <returns>This builder.</returns>
    public TBuilder FailOn(Func<IExpressionContext, bool> when) => Set(Policies with { FailOn = DelegateExpressions.Condition("fail-on", when) });

    /// <summary><c>concurrency</c>: how many items run at once. See "Policies" in Mistral's description of the workflow language.</summary>
    /// <param name="limit">How many; 0 for all.</param>
    /// <returns>This builder.</returns>
    public TBuilder Concurrency(int limit) => Set(Policies with { Concurrency = DelegateExpressions.Constant(limit) });

    /// <summary><c>concurrency</c>: how many items run at once. See "Policies" in Mistral's description of the workflow language.</summary>
    /// <param name="limit">Gives how many; 0 for all.</param>
    /// <returns>This builder.</returns>
    public TBuilder Concurrency(Func<IExpressionContext, int> limit) => Set(Policies with { Concurrency = DelegateExpressions.Count("concurrency", limit) });

    /// <summary><c>retry</c>: starts the task again after an error. See "Policies" in Mistral's description of the workflow language.</summary>
    /// <param name="count">How often at the most.</param>
    /// <param name="delay">The delay before each new attempt; with <paramref name="backoff"/>, before the first.</param>
    /// <param name="backoff">How the delay grows; <see langword="null"/> for the same delay each time. Not in Mistral.</param>
    /// <param name="breakOn">True after an error: no new attempt.</param>
    /// <param name="continueOn">True after a success: a new attempt all the same.</param>
    /// <returns>This builder.</returns>
    public TBuilder Retry(
        int count,
        TimeSpan delay,
        RetryBackoff? backoff = null,
        Func<IExpressionContext, bool>? breakOn = null,
        Func<IExpressionContext, bool>? continueOn = null) =>
        Retry(DelegateExpressions.Constant(count), DelegateExpressions.Constant(delay), backoff, breakOn, continueOn);

    /// <inheritdoc cref="Retry(int, TimeSpan, RetryBackoff?, Func{IExpressionContext, bool}?, Func{IExpressionContext, bool}?)"/>
    public TBuilder Retry(
        Func<IExpressionContext, int> count,
        Func<IExpressionContext, TimeSpan> delay,
        RetryBackoff? backoff = null,
        Func<IExpressionContext, bool>? breakOn = null,
        Func<IExpressionContext, bool>? continueOn = null) =>
        Retry(DelegateExpressions.Count("count of retry", count), DelegateExpressions.Seconds("delay of retry", delay), backoff, breakOn, continueOn);

    /// <summary><c>safe-rerun</c>: whether an action that was running when the process died is run again.</summary>
    /// <param name="safe">Whether it is.</param>
    /// <returns>This builder.</returns>
    public TBuilder SafeRerun(bool safe = true) => Set(Policies with { SafeRerun = DelegateExpressions.Constant(safe) });

    /// <summary><c>safe-rerun</c>: whether an action that was running when the process died is run again.</summary>
    /// <param name="when">Gives whether it is.</param>
    /// <returns>This builder.</returns>
    public TBuilder SafeRerun(Func<IExpressionContext, bool> when) => Set(Policies with { SafeRerun = DelegateExpressions.Condition("safe-rerun", when) });

    private protected IReadOnlyList<RouteDefinition> RoutesOf(RouteKind kind) => [.. _routes[(int)kind]];

    private TBuilder Retry(IExpression count, IExpression delay, RetryBackoff? backoff, Func<IExpressionContext, bool>? breakOn, Func<IExpressionContext, bool>? continueOn) =>
        Set(Policies with
        {
            Retry = new()
            {
                Count = count,
                Delay = delay,
                Backoff = backoff,
                BreakOn = breakOn is null ? null : DelegateExpressions.Condition("break-on of retry", breakOn),
                ContinueOn = continueOn is null ? null : DelegateExpressions.Condition("continue-on of retry", continueOn),
            },
        });

    private TBuilder Set(TaskPolicies policies)
    {
        Policies = policies;
        return This;
    }

    private TBuilder Add(RouteKind kind, string target, Func<IExpressionContext, bool> when)
    {
        ArgumentNullException.ThrowIfNull(when);
        return Add(kind, Routes.To(target, when));
    }

    private TBuilder Add(RouteKind kind, string[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Add(kind, [.. targets.Select(t => Routes.To(t))]);
    }

    private TBuilder Add(RouteKind kind, params RouteDefinition[] routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        foreach (var route in routes)
        {
            ArgumentNullException.ThrowIfNull(route, nameof(routes));
            _routes[(int)kind].Add(route);
        }

        return This;
    }
}
