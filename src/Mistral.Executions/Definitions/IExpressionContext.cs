namespace Mistral.Executions;

/// <summary>What an expression may look at: the variables in scope, and the executions around it.</summary>
/// <remarks>
/// The variables are a view over layers (task, published, environment, workflow variables, input), so a look-up copies
/// nothing. What lies outside the tree's memory is fetched before the decision is taken; an implementation may throw an
/// internal exception to ask for it, which an expression must let pass.
/// </remarks>
public interface IExpressionContext
{
    /// <summary>The names of all variables in scope, each once.</summary>
    IEnumerable<string> VariableNames { get; }

    /// <summary>The value that <c>$</c> (YAQL) and <c>_</c> (Jinja) stand for; <see langword="null"/> when they stand for the variables.</summary>
    JsonData? Root => null;

    /// <summary>The time of the decision.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The environment of the execution: what <c>env()</c> gives; an empty object when there is none.</summary>
    JsonData Environment { get; }

    /// <summary>The variable of that name; JSON <c>null</c> when there is none.</summary>
    /// <param name="name">Its name.</param>
    JsonData this[string name] => TryGetVariable(name, out var value) ? value : default;

    /// <summary>Looks a variable up.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether there is one.</returns>
    bool TryGetVariable(string name, out JsonData value);

    /// <summary>The workflow execution that is running, as <c>execution()</c> gives it.</summary>
    /// <returns>An object with <c>id</c>, <c>name</c>, <c>spec</c>, <c>input</c>, <c>params</c>, <c>created_at</c>, <c>updated_at</c>, <c>root_execution_id</c>.</returns>
    JsonData Execution();

    /// <summary>Workflow executions, as <c>executions()</c> gives them.</summary>
    /// <param name="id">Only this one, when given.</param>
    /// <param name="rootExecutionId">Only those below this root, when given.</param>
    /// <param name="state">Only those in this state (wire name), when given.</param>
    /// <param name="fromTime">Only those created at this time or later (text as Mistral stores times), when given.</param>
    /// <param name="toTime">Only those created before this time, when given.</param>
    /// <returns>A list of objects as <see cref="Execution"/> gives, each also with <c>state</c> and <c>state_info</c>.</returns>
    JsonData Executions(string? id, string? rootExecutionId, string? state, string? fromTime, string? toTime);

    /// <summary>A task execution of the running workflow, as <c>task()</c> gives it.</summary>
    /// <param name="name">The task's name; <see langword="null"/> for the task that is being evaluated.</param>
    /// <returns>An object with <c>id</c>, <c>name</c>, <c>spec</c>, <c>state</c>, <c>state_info</c>, <c>result</c>, <c>published</c>, <c>type</c>, <c>workflow_execution_id</c>, <c>created_at</c>, <c>updated_at</c>; JSON <c>null</c> when there is no such task execution.</returns>
    JsonData Task(string? name);

    /// <summary>Task executions, as <c>tasks()</c> gives them.</summary>
    /// <param name="workflowExecutionId">Of this workflow execution; of all when <see langword="null"/>.</param>
    /// <param name="recursive">Whether those of nested workflows count too.</param>
    /// <param name="state">Only those in this state (wire name), when given.</param>
    /// <param name="flat">Whether only the tasks at the bottom, those that run actions, are wanted.</param>
    /// <returns>A list of objects as <see cref="Task"/> gives.</returns>
    JsonData Tasks(string? workflowExecutionId, bool recursive, string? state, bool flat);

    /// <summary>The variables that were published globally, as <c>global()</c> gives them.</summary>
    /// <returns>An object.</returns>
    JsonData Globals();

    /// <summary>A new random-looking id, as <c>uuid()</c> gives.</summary>
    /// <returns>The id.</returns>
    Guid NewId();
}
