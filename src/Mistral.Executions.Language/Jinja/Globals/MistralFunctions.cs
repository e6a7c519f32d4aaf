using Mistral.Executions.Language.Functions;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>
/// Mistral's functions ("Expressions" in its language documentation). As filters their input is the data, which those
/// that need none of it ignore.
/// </summary>
internal static class MistralFunctions
{
    internal static IEnumerable<JinjaFunction> Functions { get; } =
    [
        JinjaFunction.Of("env", string.Empty, static (scope, _) => Environment(scope, scope.Evaluation.Data)),
        .. OfExecutions(),
        .. OfData(string.Empty, place: 0),
    ];

    internal static IEnumerable<JinjaFunction> Filters { get; } =
    [
        JinjaFunction.Of("env", "context", static (scope, a) => Environment(scope, a[0])),
        .. OfExecutions().Select(AsFilter),
        .. OfData("context, ", place: 1),
    ];

    private static JinjaFunction AsFilter(JinjaFunction function) =>
        JinjaFunction.Free(function.Name, (scope, a) => function.Call(scope, a.SkipPositional(1)));

    private static IEnumerable<JinjaFunction> OfExecutions() =>
    [
        JinjaFunction.Of("execution", string.Empty, static (scope, _) =>
        {
            RequireExecution(scope);
            return scope.Evaluation.ToValue(scope.Evaluation.Context.Execution());
        }),
        JinjaFunction.Of("executions", "id=None, root_execution_id=None, state=None, from_time=None, to_time=None", static (scope, a) =>
            scope.Evaluation.ToValue(scope.Evaluation.Context.Executions(
                Text(a[0], scope), Text(a[1], scope), Text(a[2], scope), Text(a[3], scope), Text(a[4], scope)))),
        JinjaFunction.Of("task", "task_name=None", static (scope, a) =>
        {
            RequireKey(scope, "__task_execution");
            return scope.Evaluation.ToValue(scope.Evaluation.Context.Task(Text(a[0], scope)));
        }),
        JinjaFunction.Of("tasks", "workflow_execution_id=None, recursive=False, state=None, flat=False", static (scope, a) =>
            scope.Evaluation.ToValue(scope.Evaluation.Context.Tasks(
                Text(a[0], scope), PythonOperations.IsTrue(a[1]), Text(a[2], scope), PythonOperations.IsTrue(a[3])))),
        JinjaFunction.Of("global", "var_name", static (scope, a) =>
        {
            RequireExecution(scope);
            return scope.Evaluation.ToValue(scope.Evaluation.Context.Globals()[JinjaText.Of(a[0], scope.Budget)]);
        }),
    ];

    private static IEnumerable<JinjaFunction> OfData(string before, int place) =>
    [
        JinjaFunction.Of("json_dump", before + "data", (scope, a) => PythonJson.Dump(a[place], scope.Budget)),
        JinjaFunction.Of("json_parse", before + "data", (scope, a) =>
            scope.Evaluation.ToValue(PythonJson.Parse(Source(a[place]), scope.Budget))),
        JinjaFunction.Of("yaml_dump", before + "data", (scope, a) => YamlText.Dump(JinjaText.Plain(a[place]), scope.Budget)),
        JinjaFunction.Of("yaml_parse", before + "data", (scope, a) => YamlText.Parse(Source(a[place]), scope.Budget)),
        JinjaFunction.Of("uuid", "context=None", static (scope, _) => scope.Evaluation.Context.NewId().ToString("D")),
    ];

    private static string Source(object? value) => value is PythonBytes bytes
        ? bytes.ToJson(new EvaluationBudget()).AsString()
        : JinjaText.Require(value);

    private static string? Text(object? value, JinjaScope scope) => value is null ? null : JinjaText.Of(value, scope.Budget);

    private static object? Environment(JinjaScope scope, object? data)
    {
        var evaluation = scope.Evaluation;
        JinjaOperators.RequireDefined(data);
        return !evaluation.HasGivenData && ReferenceEquals(data, evaluation.Data)
            ? evaluation.ToValue(evaluation.Context.Environment)
            : PythonOperations.Index(JinjaText.Plain(data), "__env", scope.Budget);
    }

    private static void RequireExecution(JinjaScope scope)
    {
        if (scope.Evaluation.HasGivenData)
        {
            PythonOperations.Index(RequireKey(scope, "__execution"), "id", scope.Budget);
        }
    }

    /// <summary>Data that were given, and are no variables of an execution, must themselves say of what they are.</summary>
    private static object? RequireKey(JinjaScope scope, string key) => scope.Evaluation.HasGivenData
        ? PythonOperations.Index(scope.Evaluation.Data, key, scope.Budget)
        : null;
}
