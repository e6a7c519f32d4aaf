using System.Collections.Frozen;
using System.Numerics;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>All tests, which stand behind <c>is</c>.</summary>
internal static class JinjaTests
{
    private static readonly FrozenDictionary<string, JinjaFunction> All =
        Create().ToFrozenDictionary(static f => f.Name, StringComparer.Ordinal);

    internal static JinjaFunction? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>The test that a value names.</summary>
    /// <exception cref="PythonErrorException">There is none.</exception>
    internal static JinjaFunction Get(object? name)
    {
        JinjaOperators.RequireDefined(name);
        return JinjaText.TryGet(name) is { } text && Find(text) is { } test
            ? test
            : throw new PythonErrorException("TemplateRuntimeError", $"there is no test '{JinjaText.TryGet(name)}'");
    }

    private static IEnumerable<JinjaFunction> Create() =>
    [
        OfType("defined", static v => v is not JinjaUndefined),
        OfType("undefined", static v => v is JinjaUndefined),
        OfType("none", static v => v is null),
        OfType("boolean", static v => v is bool),
        OfType("true", static v => v is true),
        OfType("false", static v => v is false),
        OfType("integer", static v => v is long or BigInteger),
        OfType("float", static v => v is double),
        OfType("number", static v => PythonOperations.IsNumber(v) || v is PythonComplex),
        OfType("string", static v => v is string or JinjaMarkup),
        OfType("mapping", static v => v is PythonDictionary),
        OfType("sequence", IsSequence),
        OfType("iterable", IsIterable),
        OfType("callable", static v => v is JinjaCallable or JinjaUndefined),
        OfType("escaped", static v => v is JinjaMarkup),
        JinjaFunction.Of("filter", "value", static (scope, a) => Names(a[0], JinjaFilters.Find, scope.Budget)),
        JinjaFunction.Of("test", "value", static (scope, a) => Names(a[0], Find, scope.Budget)),
        JinjaFunction.Of("lower", "value", static (scope, a) => PythonOperations.Box(StringTests.IsLower(Scanned(a[0], scope)))),
        JinjaFunction.Of("upper", "value", static (scope, a) => PythonOperations.Box(StringTests.IsUpper(Scanned(a[0], scope)))),
        JinjaFunction.Of("odd", "value", static (scope, a) => HasRest(a[0], PythonOperations.Box(2), PythonOperations.Box(1), scope)),
        JinjaFunction.Of("even", "value", static (scope, a) => HasRest(a[0], PythonOperations.Box(2), PythonOperations.Box(0), scope)),
        JinjaFunction.Of("divisibleby", "value, num", static (scope, a) => HasRest(a[0], a[1], PythonOperations.Box(0), scope)),
        JinjaFunction.Of("sameas", "value, other", static (_, a) => PythonOperations.Box(AreSame(a[0], a[1]))),
        JinjaFunction.Of("in", "value, seq", static (scope, a) => PythonOperations.Box(JinjaOperators.Contains(a[1], a[0], scope.Budget))),
        .. Compared(["==", "eq", "equalto"], JinjaOperators.AreEqual),
        .. Compared(["!=", "ne"], static (left, right, budget) => !JinjaOperators.AreEqual(left, right, budget)),
        .. Ordered(["<", "lt", "lessthan"], PythonComparison.Less),
        .. Ordered(["<=", "le"], PythonComparison.LessOrEqual),
        .. Ordered([">", "gt", "greaterthan"], PythonComparison.Greater),
        .. Ordered([">=", "ge"], PythonComparison.GreaterOrEqual),
    ];

    private static string Scanned(object? value, JinjaScope scope)
    {
        var text = JinjaText.Of(value, scope.Budget);
        scope.Budget.Scan(text);
        return text;
    }

    private static JinjaFunction OfType(string name, Func<object?, bool> test) =>
        JinjaFunction.Of(name, "value", (_, a) => PythonOperations.Box(test(a[0])));

    private static IEnumerable<JinjaFunction> Compared(string[] names, Func<object?, object?, EvaluationBudget, bool> compare) =>
        names.Select(name => JinjaFunction.Of(name, "a, b, /", (scope, a) => PythonOperations.Box(compare(a[0], a[1], scope.Budget))));

    private static IEnumerable<JinjaFunction> Ordered(string[] names, PythonComparison comparison) =>
        Compared(names, (left, right, budget) => JinjaOperators.Compare(left, right, comparison, budget));

    private static object Names(object? value, Func<string, JinjaFunction?> find, EvaluationBudget budget)
    {
        // What cannot be a key is no name, and refused as one.
        PythonOperations.Hash(value, budget);
        return PythonOperations.Box(JinjaText.TryGet(value) is { } name && find(name) is not null);
    }

    private static object HasRest(object? value, object? divisor, object? rest, JinjaScope scope) =>
        PythonOperations.Box(JinjaOperators.AreEqual(JinjaOperators.Modulo(value, divisor, scope.Budget), rest, scope.Budget));

    private static bool IsSequence(object? value) =>
        value is string or JinjaMarkup or PythonList or PythonDictionary or JinjaRange or PythonBytes or JinjaUndefined { IsLenient: true };

    private static bool IsIterable(object? value) => value switch
    {
        JinjaUndefined undefined => undefined.IsLenient ? true : throw undefined.Fault(),
        string or JinjaMarkup or PythonList or PythonDictionary or PythonSet or PythonIterable or PythonBytes => true,
        _ => false,
    };

    // Small integers and equal texts are mostly one object in Python; of other values only the same one is the same.
    private static bool AreSame(object? left, object? right) => (left, right) switch
    {
        (bool a, bool b) => a == b,
        (long a, long b) => a == b,
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        _ => ReferenceEquals(left, right),
    };
}
