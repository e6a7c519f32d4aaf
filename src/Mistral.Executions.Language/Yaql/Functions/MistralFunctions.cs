using Mistral.Executions.Language.Functions;
using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Mistral's own functions ("Expressions" in its language documentation).</summary>
internal static class MistralFunctions
{
    internal static void Declare(YaqlDeclarations to)
    {
        to.Function("env", [], static (YaqlScope s, object?[] _) => Value(s.Evaluation.Context.Environment));
        to.Function("execution", [], static (YaqlScope s, object?[] _) => Value(s.Evaluation.Context.Execution()));
        to.Function(
            "executions",
            [Optional("id"), Optional("rootExecutionId"), Optional("state"), Optional("fromTime"), Optional("toTime")],
            static (YaqlScope s, object?[] a) => Value(s.Evaluation.Context.Executions(
                Text(s, a[0]), Text(s, a[1]), Text(s, a[2]), Text(s, a[3]), Text(s, a[4]))));
        to.Function("task", [Optional("taskName")], static (s, name) => Value(s.Evaluation.Context.Task(Text(s, name))));
        YaqlParameter Switch(string name) => new YaqlParameter(name, FlagOrNone).Or(PythonOperations.False);
        to.Function(
            "tasks",
            [Optional("workflowExecutionId"), Switch("recursive"), Optional("state"), Switch("flat")],
            static (YaqlScope s, object?[] a) => Value(s.Evaluation.Context.Tasks(Text(s, a[0]), a[1] is true, Text(s, a[2]), a[3] is true)));
        to.Function("global", [("varName", Any)], static (s, name) =>
            name is string text ? Value(s.Evaluation.Context.Globals()[text]) : null);
        to.Function("uuid", [], static (YaqlScope s, object?[] _) => s.Evaluation.Context.NewId().ToString("D"));
        to.Function("json_dump", [("data", Any)], static (s, data) => PythonJson.Dump(data, s.Budget));
        to.Function("json_parse", [("data", Any)], static (s, data) => Value(PythonJson.Parse(Source(data), s.Budget)));
        to.Function("yaml_dump", [("data", Any)], static (s, data) => YamlText.Dump(data, s.Budget));
        to.Function("yaml_parse", [("data", Any)], static (s, data) => YamlText.Parse(Source(data), s.Budget));
    }

    private static YaqlParameter Optional(string name) => new YaqlParameter(name, Any).Or(null);

    private static object? Value(JsonData json) => PythonOperations.ToValue(json, isFrozen: false);

    private static string? Text(YaqlScope scope, object? value) => value is null ? null : PythonOperations.ToText(value, scope.Budget);

    private static string Source(object? value) => value as string
        ?? throw PythonErrorException.Type($"only a string can be parsed, not a value of type {PythonOperations.TypeName(value)}");
}
