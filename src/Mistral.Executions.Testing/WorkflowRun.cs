namespace Mistral.Executions.Testing;

/// <summary>
/// What one workflow execution did up to the moment at which it was read. The members can be looked at with any assertion
/// library; the methods whose names begin with <c>Should</c> throw a <see cref="WorkflowTestException"/> that shows all that ran.
/// </summary>
public sealed class WorkflowRun
{
    internal WorkflowRun(WorkflowExecution execution, IReadOnlyList<TaskRun> tasks) => (Execution, Tasks) = (execution, tasks);

    /// <summary>The record of the workflow execution.</summary>
    public WorkflowExecution Execution { get; }

    /// <summary>The id of the workflow execution.</summary>
    public string Id => Execution.Id;

    /// <summary>The state.</summary>
    public ExecutionState State => Execution.State;

    /// <summary>The output; an empty object while there is none.</summary>
    public JsonMap Output => Execution.Output;

    /// <summary>Its task executions, in the order in which they began: of the tasks of one fork the last that a route names is the first, as in Mistral.</summary>
    public IReadOnlyList<TaskRun> Tasks { get; }

    /// <summary>The names of <see cref="Tasks"/>, in that order.</summary>
    public IReadOnlyList<string> TaskNames => [.. Tasks.Select(t => t.Name)];

    /// <summary>The action executions of its tasks and of the workflows nested in it, in the order in which they began.</summary>
    public IReadOnlyList<ActionExecution> Actions => [.. ActionsBelow().OrderBy(a => a.Id, StringComparer.Ordinal)];

    /// <summary>How much virtual time it took; <see langword="null"/> while it has not ended.</summary>
    public TimeSpan? Took => Execution.FinishedAt - Execution.CreatedAt;

    /// <summary>The only task execution of that name.</summary>
    /// <param name="name">The name of the task.</param>
    /// <returns>The task.</returns>
    /// <exception cref="WorkflowTestException">The task did not run, or ran more than once (look at <see cref="Tasks"/> then).</exception>
    public TaskRun Task(string name)
    {
        var found = Tasks.Where(t => t.Name == name).ToList();
        return found.Count == 1 ? found[0] : throw Failure(found.Count == 0
            ? $"the task '{name}' did not run"
            : $"the task '{name}' ran {found.Count} times");
    }

    /// <summary>It ended in SUCCESS.</summary>
    /// <returns>This run.</returns>
    /// <exception cref="WorkflowTestException">It did not.</exception>
    public WorkflowRun ShouldSucceed() => Check(State == ExecutionState.Success, $"the state should be SUCCESS, but is {State.ToWireName()}");

    /// <summary>It ended in ERROR.</summary>
    /// <param name="reason">A part of the reason that the execution gives; any, when <see langword="null"/>.</param>
    /// <returns>This run.</returns>
    /// <exception cref="WorkflowTestException">It did not, or for another reason.</exception>
    public WorkflowRun ShouldFail(string? reason = null)
    {
        Check(State == ExecutionState.Error, $"the state should be ERROR, but is {State.ToWireName()}");
        return Check(
            reason is null || (Execution.StateInfo ?? "").Contains(reason, StringComparison.Ordinal),
            $"the reason of the failure should say '{reason}', but is: {Execution.StateInfo}");
    }

    /// <summary>Just these tasks ran, and began in this order.</summary>
    /// <param name="tasks">The names of all task executions; a task that ran twice twice.</param>
    /// <returns>This run.</returns>
    /// <exception cref="WorkflowTestException">Others ran, or in another order.</exception>
    public WorkflowRun ShouldHaveRun(params IReadOnlyList<string> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        return Check(TaskNames.SequenceEqual(tasks), $"the tasks should be {Listed(tasks)}, but are {Listed(TaskNames)}");
    }

    /// <summary>None of these tasks ran.</summary>
    /// <param name="tasks">The names of tasks.</param>
    /// <returns>This run.</returns>
    /// <exception cref="WorkflowTestException">One of them did.</exception>
    public WorkflowRun ShouldNotHaveRun(params IReadOnlyList<string> tasks)
    {
        var wrong = TaskNames.Intersect(tasks).ToList();
        return Check(wrong.Count == 0, $"{Listed(wrong)} should not have run");
    }

    /// <summary>An action, of this workflow or of one nested in it, was called with this input.</summary>
    /// <param name="action">The name of the action.</param>
    /// <param name="input">The whole input.</param>
    /// <returns>This run.</returns>
    /// <exception cref="WorkflowTestException">It was not called, or never with that input.</exception>
    public WorkflowRun ShouldHaveCalled(string action, JsonMap input)
    {
        var inputs = Actions.Where(a => a.Name == action).Select(a => a.Input).ToList();
        return Check(
            inputs.Contains(input),
            $"the action '{action}' should have been called with {input}, but {(inputs.Count == 0 ? "was not called" : "was called with " + string.Join(" and ", inputs))}");
    }

    /// <inheritdoc cref="ShouldHaveCalled(string, JsonMap)"/>
    public WorkflowRun ShouldHaveCalled(string action, object input) => ShouldHaveCalled(action, JsonData.FromObject(input).AsObject());

    /// <summary>All that ran, as text.</summary>
    /// <returns>A line for each execution, those below it indented, without a line feed at the end.</returns>
    public override string ToString() => RunText.Of(this);

    private static string Listed(IEnumerable<string> names) => $"[{string.Join(", ", names)}]";

    private IEnumerable<ActionExecution> ActionsBelow() => Tasks.SelectMany(t => t.Actions.Concat(t.Workflows.SelectMany(w => w.ActionsBelow())));

    private WorkflowRun Check(bool holds, string otherwise) => holds ? this : throw Failure(otherwise);

    private WorkflowTestException Failure(string what) => new($"Of the workflow '{Execution.Name}', {what}. What ran:\n{this}");
}
