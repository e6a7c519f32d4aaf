using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Filters over sequences and mappings that keep their order.</summary>
internal static class SequenceFilters
{
    internal static IEnumerable<JinjaFunction> All { get; } =
    [
        JinjaFunction.Of("length", "obj, /", static (scope, a) => Length(scope, a[0])),
        JinjaFunction.Of("count", "obj, /", static (scope, a) => Length(scope, a[0])),
        JinjaFunction.Of("list", "value", static (scope, a) =>
            PythonOperations.Collect(JinjaOperators.Iterate(a[0], scope.Budget), isTuple: false, scope.Budget)),
        JinjaFunction.Of("items", "value", static (scope, a) => PythonIterator.From(Items(a[0]), scope.Budget)),
        JinjaFunction.Of("first", "seq", static (scope, a) =>
            JinjaOperators.Iterate(a[0], scope.Budget).TryNext(out var item) ? item : JinjaUndefined.Because("there is no first item: the sequence is empty")),
        JinjaFunction.Of("last", "seq", Last),
        JinjaFunction.Of("random", "seq", Random),
        JinjaFunction.Of("reverse", "value", Reverse),
        JinjaFunction.Of("batch", "value, linecount, fill_with=None", static (scope, a) => PythonIterator.From(Batch(a, scope.Budget), scope.Budget)),
        JinjaFunction.Of("slice", "value, slices, fill_with=None", static (scope, a) => PythonIterator.From(Slice(a, scope.Budget), scope.Budget)),
        JinjaFunction.Of("sum", "iterable, attribute=None, start=0", Sum),
        JinjaFunction.Of("default", "value, default_value='', boolean=False", Default),
        JinjaFunction.Of("d", "value, default_value='', boolean=False", Default),
        JinjaFunction.Of("attr", "obj, name", static (scope, a) => Attribute(scope, a[0], JinjaText.Require(a[1]))),
    ];

    private static object Length(JinjaScope scope, object? value)
    {
        if (JinjaText.TryGet(value) is { } text)
        {
            scope.Budget.Scan(text);
        }

        return PythonOperations.Box(JinjaOperators.Length(value));
    }

    private static object? Default(JinjaScope scope, object?[] arguments) =>
        arguments[0] is JinjaUndefined || (PythonOperations.IsTrue(arguments[2]) && !PythonOperations.IsTrue(arguments[0]))
            ? arguments[1]
            : arguments[0];

    private static object? Attribute(JinjaScope scope, object? value, string name)
    {
        JinjaOperators.RequireDefined(value);
        return JinjaMembers.TryAttribute(value, name, scope, out var found) ? found : JinjaUndefined.OfMember(value, name);
    }

    private static IEnumerable<object?> Items(object? value)
    {
        if (value is JinjaUndefined)
        {
            yield break;
        }

        var dictionary = value as PythonDictionary ?? throw PythonErrorException.Type("items are only in a mapping");
        for (var i = 0; i < dictionary.Count; i++)
        {
            var (key, item) = dictionary.At(i);
            yield return PythonList.Tuple(key, item);
        }
    }

    private static object? Last(JinjaScope scope, object?[] arguments)
    {
        var items = JinjaOperators.TryReverse(arguments[0], scope.Budget)
            ?? throw PythonErrorException.Type($"'{PythonOperations.TypeName(arguments[0])}' object is not reversible");
        return items.TryNext(out var item) ? item : JinjaUndefined.Because("there is no last item: the sequence is empty");
    }

    private static object? Random(JinjaScope scope, object?[] arguments)
    {
        var count = JinjaOperators.Length(arguments[0]);
        if (count == 0)
        {
            return JinjaUndefined.Because("there is no random item: the sequence is empty");
        }

        var place = PythonOperations.Box(scope.Evaluation.NextRandom(count));
        return arguments[0] is PythonDictionary or PythonDictionaryView or PythonSet
            ? PythonOperations.Index(arguments[0], place, scope.Budget)
            : JinjaMembers.Item(arguments[0], place, scope);
    }

    private static object? Reverse(JinjaScope scope, object?[] arguments)
    {
        if (JinjaText.TryGet(arguments[0]) is { } text)
        {
            return JinjaText.Like(arguments[0], (string)PythonOperations.Slice(text, null, null, PythonOperations.Box(-1), scope.Budget));
        }

        if (JinjaOperators.TryReverse(arguments[0], scope.Budget) is { } reversed)
        {
            return reversed;
        }

        if (arguments[0] is not JinjaUndefined && PythonOperations.TryIterate(arguments[0], scope.Budget) is null)
        {
            throw new PythonErrorException("FilterArgumentError", "only what can be iterated over can be reversed");
        }

        var items = PythonOperations.Collect(JinjaOperators.Iterate(arguments[0], scope.Budget), isTuple: false, scope.Budget).ToArray();
        Array.Reverse(items);
        return new PythonList(items, isTuple: false);
    }

    private static IEnumerable<object?> Batch(object?[] arguments, EvaluationBudget budget)
    {
        var batch = PythonList.NewList();
        var items = JinjaOperators.Iterate(arguments[0], budget);
        while (items.TryNext(out var item))
        {
            if (JinjaOperators.AreEqual(PythonOperations.Box(batch.Count), arguments[1], budget))
            {
                yield return batch;
                batch = PythonList.NewList();
            }

            batch.Add(item, budget);
        }

        if (batch.Count == 0)
        {
            yield break;
        }

        if (arguments[2] is not null)
        {
            for (var missing = JinjaText.RequireInteger(arguments[1]) - batch.Count; missing > 0; missing--)
            {
                batch.Add(arguments[2], budget);
            }
        }

        yield return batch;
    }

    private static IEnumerable<object?> Slice(object?[] arguments, EvaluationBudget budget)
    {
        var items = PythonOperations.Collect(JinjaOperators.Iterate(arguments[0], budget), isTuple: false, budget);
        var slices = JinjaText.RequireInteger(arguments[1]);
        if (slices == 0)
        {
            throw PythonErrorException.ZeroDivision("integer division or modulo by zero");
        }

        if (slices < 0)
        {
            yield break;
        }

        var (size, larger) = Math.DivRem(items.Count, slices);
        for (var (i, start) = (0, 0); i < slices; i++)
        {
            budget.Step();
            var end = start + size + (i < larger ? 1 : 0);
            var slice = items.Range(start, end, budget);
            if (arguments[2] is not null && i >= larger)
            {
                slice.Add(arguments[2], budget);
            }

            yield return slice;
            start = end;
        }
    }

    private static object? Sum(JinjaScope scope, object?[] arguments)
    {
        var budget = scope.Budget;
        var getter = arguments[1] is null ? null : ItemGetter.Of(arguments[1]);
        if (JinjaText.TryGet(arguments[2]) is not null)
        {
            throw PythonErrorException.Type("sum() can't sum strings [use ''.join(seq) instead]");
        }

        var total = arguments[2];
        var items = JinjaOperators.Iterate(arguments[0], budget);
        while (items.TryNext(out var item))
        {
            total = JinjaOperators.Add(total, getter is null ? item : getter.Get(item, scope), budget);
        }

        return total;
    }
}
