using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Filters that apply a filter or a test to every item, when it is asked for.</summary>
internal static class SelectionFilters
{
    internal static IEnumerable<JinjaFunction> All { get; } =
    [
        JinjaFunction.Free("map", static (scope, a) => PythonIterator.From(Map(scope, a), scope.Budget)),
        JinjaFunction.Free("select", static (scope, a) => PythonIterator.From(Select(scope, a, wanted: true, hasAttribute: false), scope.Budget)),
        JinjaFunction.Free("reject", static (scope, a) => PythonIterator.From(Select(scope, a, wanted: false, hasAttribute: false), scope.Budget)),
        JinjaFunction.Free("selectattr", static (scope, a) => PythonIterator.From(Select(scope, a, wanted: true, hasAttribute: true), scope.Budget)),
        JinjaFunction.Free("rejectattr", static (scope, a) => PythonIterator.From(Select(scope, a, wanted: false, hasAttribute: true), scope.Budget)),
    ];

    private static IEnumerable<object?> Map(JinjaScope scope, JinjaArguments arguments)
    {
        var subject = arguments.Positional[0];
        if (!PythonOperations.IsTrue(subject))
        {
            yield break;
        }

        var map = Mapping(scope, arguments.SkipPositional(1));
        var items = JinjaOperators.Iterate(subject, scope.Budget);
        while (items.TryNext(out var item))
        {
            yield return map(item);
        }
    }

    private static Func<object?, object?> Mapping(JinjaScope scope, JinjaArguments arguments)
    {
        if (arguments.Positional.Length == 0 && arguments.TryGetNamed("attribute", out var attribute))
        {
            var other = Array.Find(arguments.Named, static n => n.Key is not ("attribute" or "default")).Key;
            if (other is not null)
            {
                throw new PythonErrorException("FilterArgumentError", $"map has no parameter '{other}'");
            }

            arguments.TryGetNamed("default", out var defaultValue);
            var getter = ItemGetter.Of(attribute, defaultValue);
            return item => getter.Get(item, scope);
        }

        if (arguments.Positional.Length == 0)
        {
            throw new PythonErrorException("FilterArgumentError", "map needs the name of a filter or an attribute");
        }

        var filter = JinjaFilters.Get(arguments.Positional[0]);
        var rest = arguments.SkipPositional(1);
        return item => filter.Call(scope, rest.Prepend(item));
    }

    private static IEnumerable<object?> Select(JinjaScope scope, JinjaArguments arguments, bool wanted, bool hasAttribute)
    {
        var subject = arguments.Positional[0];
        if (!PythonOperations.IsTrue(subject))
        {
            yield break;
        }

        var holds = Condition(scope, arguments.SkipPositional(1), hasAttribute);
        var items = JinjaOperators.Iterate(subject, scope.Budget);
        while (items.TryNext(out var item))
        {
            if (PythonOperations.IsTrue(holds(item)) == wanted)
            {
                yield return item;
            }
        }
    }

    private static Func<object?, object?> Condition(JinjaScope scope, JinjaArguments arguments, bool hasAttribute)
    {
        var getter = ItemGetter.Of(null);
        if (hasAttribute)
        {
            if (arguments.Positional.Length == 0)
            {
                throw new PythonErrorException("FilterArgumentError", "the name of the attribute is missing");
            }

            getter = ItemGetter.Of(arguments.Positional[0]);
            arguments = arguments.SkipPositional(1);
        }

        if (arguments.Positional.Length == 0)
        {
            return item => getter.Get(item, scope);
        }

        var test = JinjaTests.Get(arguments.Positional[0]);
        var rest = arguments.SkipPositional(1);
        return item => test.Call(scope, rest.Prepend(getter.Get(item, scope)));
    }
}
