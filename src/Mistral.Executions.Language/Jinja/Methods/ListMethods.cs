using System.Collections.Frozen;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The methods of Python's <c>list</c> and <c>tuple</c>.</summary>
internal static class ListMethods
{
    private static readonly JinjaFunction[] OfBoth =
    [
        JinjaFunction.Of("count", "self, value, /", static (scope, a) => Count(Self(a), a[1], scope.Budget)),
        JinjaFunction.Of("index", "self, value, start=0, stop=9223372036854775807, /", static (scope, a) =>
            PythonOperations.Box(Find(Self(a), a[1], JinjaText.RequireInteger(a[2]), JinjaText.RequireInteger(a[3]), scope.Budget))),
    ];

    private static readonly FrozenDictionary<string, JinjaFunction> OfTuple =
        OfBoth.ToFrozenDictionary(static f => f.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, JinjaFunction> OfList =
        OfBoth.Concat(CreateChanging()).ToFrozenDictionary(static f => f.Name, StringComparer.Ordinal);

    internal static object? Attribute(PythonList list, string name)
    {
        for (var i = 0; i < list.ItemNames?.Count; i++)
        {
            if (string.Equals(list.ItemNames[i], name, StringComparison.Ordinal))
            {
                return list[i] ?? JinjaMembers.NoneMember;
            }
        }

        return JinjaMembers.Method(list.IsTuple ? OfTuple : OfList, list, name);
    }

    private static IEnumerable<JinjaFunction> CreateChanging() =>
    [
        JinjaFunction.Of("copy", "self, /", static (scope, a) => Self(a).Range(0, Self(a).Count, scope.Budget)),
        Change("append", "self, object, /", static (list, a, scope) => list.Add(a[1], scope.Budget)),
        Change("insert", "self, index, object, /", static (list, a, scope) =>
        {
            var index = JinjaText.RequireInteger(a[1]);
            list.Insert(Math.Clamp(index < 0 ? index + list.Count : index, 0, list.Count), a[2], scope.Budget);
        }),
        Change("extend", "self, iterable, /", static (list, a, scope) => Extend(list, a[1], scope.Budget)),
        Change("clear", "self, /", static (list, _, _) => list.Clear()),
        Change("reverse", "self, /", static (list, _, scope) => Replace(list, [.. list.ToArray().Reverse()], scope.Budget)),
        Change("remove", "self, value, /", static (list, a, scope) =>
            list.RemoveAt(Find(list, a[1], 0, int.MaxValue, scope.Budget), scope.Budget)),
        JinjaFunction.Of("pop", "self, index=-1, /", static (scope, a) => Pop(Own(a), JinjaText.RequireInteger(a[1]), scope.Budget)),
        JinjaFunction.Free("sort", Sort),
    ];

    private static JinjaFunction Change(string name, string parameters, Action<PythonList, object?[], JinjaScope> change) =>
        JinjaFunction.Of(name, parameters, (scope, a) =>
        {
            change(Own(a), a, scope);
            return null;
        });

    private static PythonList Self(object?[] arguments) => (PythonList)arguments[0]!;

    private static PythonList Own(object?[] arguments)
    {
        JinjaEvaluation.RequireOwn(Self(arguments).IsView);
        return Self(arguments);
    }

    private static void Extend(PythonList list, object? values, EvaluationBudget budget)
    {
        foreach (var item in PythonOperations.Collect(JinjaOperators.Iterate(values, budget), isTuple: false, budget).ToArray())
        {
            list.Add(item, budget);
        }
    }

    private static object? Pop(PythonList list, int index, EvaluationBudget budget)
    {
        if (list.Count == 0)
        {
            throw PythonErrorException.Index("pop from empty list");
        }

        index = index < 0 ? index + list.Count : index;
        if (index < 0 || index >= list.Count)
        {
            throw PythonErrorException.Index("pop index out of range");
        }

        var item = list[index];
        list.RemoveAt(index, budget);
        return item;
    }

    private static object? Sort(JinjaScope scope, JinjaArguments arguments)
    {
        var signature = JinjaSignature.Parse("key=None, reverse=False");
        if (arguments.Positional.Length > 1)
        {
            throw PythonErrorException.Type("sort() takes its arguments by name only");
        }

        var options = signature.Bind("sort", arguments.SkipPositional(1));
        var list = Own(arguments.Positional);
        var items = list.ToArray();
        var keys = options[0] is null
            ? Array.ConvertAll(items, JinjaText.Plain)
            : Array.ConvertAll(items, i => JinjaText.Plain(CallNode.Call(options[0], new([i], []), scope)));
        Replace(list, PythonOrder.Sort(items, keys, JinjaText.RequireInteger(options[1]) != 0, scope.Budget), scope.Budget);
        return null;
    }

    private static void Replace(PythonList list, object?[] items, EvaluationBudget budget)
    {
        budget.Handle(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            list.Set(i, items[i]);
        }
    }

    private static object Count(PythonList list, object? value, EvaluationBudget budget)
    {
        var count = 0;
        for (var i = 0; i < list.Count; i++)
        {
            budget.Step();
            count += JinjaOperators.AreEqual(list[i], value, budget) ? 1 : 0;
        }

        return PythonOperations.Box(count);
    }

    private static int Find(PythonList list, object? value, int start, int stop, EvaluationBudget budget)
    {
        start = start < 0 ? Math.Max(0, start + list.Count) : start;
        stop = stop < 0 ? stop + list.Count : Math.Min(stop, list.Count);
        for (var i = start; i < stop; i++)
        {
            budget.Step();
            if (JinjaOperators.AreEqual(list[i], value, budget))
            {
                return i;
            }
        }

        throw PythonErrorException.Value($"{PythonOperations.Represent(value, budget)} is not in the list");
    }
}
