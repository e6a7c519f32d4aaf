using System.Collections.Frozen;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The names that every text has.</summary>
internal static class JinjaGlobals
{
    private static readonly FrozenDictionary<string, FunctionValue> Functions = Create().ToFrozenDictionary(StringComparer.Ordinal);

    internal static object? Resolve(string name, JinjaScope scope)
    {
        if (Functions.TryGetValue(name, out var function))
        {
            return function;
        }

        return name switch
        {
            "self" => new SelfReference(scope),
            "__env" => Surrounding(name, scope, static c => c.Environment),
            "__execution" => Surrounding(name, scope, static c => c.Execution()),
            "__task_execution" => Surrounding(name, scope, static c => c.Task(null)),
            _ => JinjaUndefined.OfName(name),
        };
    }

    private static IEnumerable<KeyValuePair<string, FunctionValue>> Create() =>
    [
        .. MistralFunctions.Functions.Select(static f => KeyValuePair.Create(f.Name, new FunctionValue(f, "partial"))),
        Value("range", "function", static (scope, a) =>
        {
            a.RequireNoNamed("range");
            return JinjaRange.Create(a.Positional, scope.Budget);
        }),
        Value("dict", "type", DictionaryMethods.New),
        Value("namespace", "type", static (scope, a) => new NamespaceValue(DictionaryMethods.New(scope, a))),
        Value("cycler", "type", static (_, a) =>
        {
            a.RequireNoNamed("cycler");
            return a.Positional.Length > 0 ? new Cycler(a.Positional) : throw new PythonErrorException("RuntimeError", "a cycler needs at least one item");
        }),
        Value("joiner", JinjaFunction.Of("joiner", "sep=', '", static (_, a) => new Joiner(a[0])), "type"),
        Value("lipsum", JinjaFunction.Of("lipsum", "n=5, html=True, min=20, max=100", LoremIpsum.Generate), "function"),
    ];

    private static KeyValuePair<string, FunctionValue> Value(string name, string typeName, JinjaFunctionBody body) =>
        Value(name, JinjaFunction.Free(name, body), typeName);

    private static KeyValuePair<string, FunctionValue> Value(string name, JinjaFunction function, string typeName) =>
        new(name, new FunctionValue(function, typeName));

    /// <summary>A variable that Mistral puts beside the data when they are a dict; None where the data lack it.</summary>
    private static object? Surrounding(string name, JinjaScope scope, Func<IExpressionContext, JsonData> read)
    {
        var evaluation = scope.Evaluation;
        if (evaluation.TryGetVariable(name, out var value))
        {
            return value;
        }

        if (!evaluation.HasGivenData)
        {
            return evaluation.ToValue(read(evaluation.Context));
        }

        return evaluation.Data is PythonDictionary ? null : JinjaUndefined.OfName(name);
    }
}
