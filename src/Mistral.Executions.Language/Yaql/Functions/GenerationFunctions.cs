using System.Numerics;
using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Sequences that come from nothing.</summary>
internal static class GenerationFunctions
{
    internal static void Declare(YaqlDeclarations to)
    {
        to.Function("range", [("stop", Integer)], static (s, stop) => Range(s, 0L, stop!, 1L));
        to.Function(
            "range",
            [("start", Integer), ("stop", Integer), new YaqlParameter("step", Integer).Or(1L)],
            static (YaqlScope s, object?[] a) => Range(s, a[0]!, a[1]!, a[2]!));
        to.Function(
            "sequence",
            [new YaqlParameter("start", Integer).Or(0L), new YaqlParameter("step", Integer).Or(1L)],
            static (s, start, step) => PythonIterator.From(Sequence(s, start!, step!), s.Budget, "itertools.count"));
        to.Method("repeat", [("value", Any), new YaqlParameter("times", Integer).Or(-1L)], static (s, value, times) =>
            PythonIterator.From(Repeat(value, PythonOperations.ToIndex(times!)), s.Budget, "itertools.repeat"));
        to.Method("cycle", [("collection", Iterable)], static (s, items) =>
            PythonIterator.From(Cycle(s, items), s.Budget, "itertools.cycle"));
        YaqlParameter selector = new YaqlParameter("selector", Lambda).Or(null);
        YaqlParameter decycle = new YaqlParameter("decycle", Flag).Or(PythonOperations.False);
        to.Function(
            "generate",
            [("initial", Any), ("predicate", Lambda), ("producer", Lambda), selector, decycle],
            static (YaqlScope s, object?[] a) => PythonIterator.From(Generate(s, a), s.Budget));
        to.Function(
            "generateMany",
            [("initial", Any), ("producer", Lambda), selector, decycle, new YaqlParameter("depthFirst", Flag).Or(PythonOperations.False)],
            static (YaqlScope s, object?[] a) => PythonIterator.From(GenerateMany(s, a), s.Budget));
    }

    private static PythonIterator Range(YaqlScope scope, object start, object stop, object step)
    {
        var (from, to, by) =
            (PythonOperations.ToBigInteger(start), PythonOperations.ToBigInteger(stop), PythonOperations.ToBigInteger(step));
        return by.IsZero
            ? throw PythonErrorException.Value("the step of range() must not be zero")
            : PythonIterator.From(Range(from, to, by), scope.Budget, "range_iterator");
    }

    private static IEnumerable<object?> Range(BigInteger from, BigInteger to, BigInteger by)
    {
        for (; by.Sign > 0 ? from < to : from > to; from += by)
        {
            yield return PythonOperations.Box(from);
        }
    }

    private static IEnumerable<object?> Sequence(YaqlScope scope, object start, object step)
    {
        for (var value = PythonOperations.Plus(start); ; value = PythonOperations.Add(value, step, scope.Budget))
        {
            yield return value;
        }
    }

    private static IEnumerable<object?> Repeat(object? value, int times)
    {
        for (var i = 0; times < 0 || i < times; i++)
        {
            yield return value;
        }
    }

    private static IEnumerable<object?> Cycle(YaqlScope scope, object? sequence)
    {
        var seen = PythonList.NewList();
        var items = PythonOperations.Iterate(sequence, scope.Budget);
        while (items.TryNext(out var item))
        {
            seen.Add(item, scope.Budget);
            yield return item;
        }

        for (var i = 0; seen.Count > 0; i = (i + 1) % seen.Count)
        {
            yield return seen[i];
        }
    }

    private static IEnumerable<object?> Generate(YaqlScope scope, object?[] arguments)
    {
        var (predicate, producer, selector) = ((YaqlLambda)arguments[1]!, (YaqlLambda)arguments[2]!, (YaqlLambda?)arguments[3]);
        var past = arguments[4] is true ? new PythonSet(isFrozen: false, scope.Budget) : null;
        for (var item = arguments[0]; predicate.IsTrue(item); item = producer.Invoke(item))
        {
            if (past is not null && !past.Add(item))
            {
                yield break;
            }

            yield return selector is null ? item : selector.Invoke(item);
        }
    }

    private static IEnumerable<object?> GenerateMany(YaqlScope scope, object?[] arguments)
    {
        var (producer, selector) = ((YaqlLambda)arguments[1]!, (YaqlLambda?)arguments[2]);
        var past = arguments[3] is true ? new PythonSet(isFrozen: false, scope.Budget) : null;
        var queue = new LinkedList<object?>([arguments[0]]);
        while (queue.First is { } next)
        {
            queue.RemoveFirst();
            var item = next.Value;
            if (past is not null && !past.Add(item))
            {
                continue;
            }

            yield return selector is null ? item : selector.Invoke(item);
            var produced = PythonOperations.Collect(
                PythonOperations.Iterate(producer.Invoke(item), scope.Budget), isTuple: true, scope.Budget);
            for (var i = 0; i < produced.Count; i++)
            {
                if (arguments[4] is true)
                {
                    queue.AddFirst(produced[produced.Count - 1 - i]);
                }
                else
                {
                    queue.AddLast(produced[i]);
                }
            }
        }
    }
}
