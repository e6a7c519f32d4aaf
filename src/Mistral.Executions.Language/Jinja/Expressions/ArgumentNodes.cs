using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The arguments of a call, a filter or a test.</summary>
internal sealed class ArgumentNodes
{
    private readonly JinjaNode[] _positional;
    private readonly KeyValuePair<string, JinjaNode>[] _named;
    private readonly JinjaNode? _others;
    private readonly JinjaNode? _namedOthers;

    private ArgumentNodes(
        JinjaNode[] positional, KeyValuePair<string, JinjaNode>[] named, JinjaNode? others, JinjaNode? namedOthers) =>
        (_positional, _named, _others, _namedOthers) = (positional, named, others, namedOthers);

    internal static ArgumentNodes None { get; } = new([], [], null, null);

    internal static ArgumentNodes Create(
        JinjaNode[] positional, KeyValuePair<string, JinjaNode>[] named, JinjaNode? others, JinjaNode? namedOthers) =>
        positional.Length == 0 && named.Length == 0 && others is null && namedOthers is null
            ? None
            : new(positional, named, others, namedOthers);

    internal JinjaArguments Evaluate(JinjaScope scope)
    {
        if (ReferenceEquals(this, None))
        {
            return JinjaArguments.None;
        }

        var positional = ListNode.EvaluateAll(_positional, scope);
        if (_others is not null)
        {
            var others = PythonOperations.Collect(
                JinjaOperators.Iterate(_others.Evaluate(scope), scope.Budget), isTuple: false, scope.Budget);
            positional = [.. positional, .. others.ToArray()];
        }

        return new(positional, EvaluateNamed(scope));
    }

    private KeyValuePair<string, object?>[] EvaluateNamed(JinjaScope scope)
    {
        if (_named.Length == 0 && _namedOthers is null)
        {
            return [];
        }

        var named = new List<KeyValuePair<string, object?>>(_named.Length);
        foreach (var (name, node) in _named)
        {
            named.Add(new(name, node.Evaluate(scope)));
        }

        if (_namedOthers is not null)
        {
            AddAll(named, _namedOthers.Evaluate(scope));
        }

        return [.. named];
    }

    private static void AddAll(List<KeyValuePair<string, object?>> named, object? value)
    {
        JinjaOperators.RequireDefined(value);
        var dictionary = value as PythonDictionary
            ?? throw PythonErrorException.Type($"what follows '**' must be a dict, not a value of type '{PythonOperations.TypeName(value)}'");
        for (var i = 0; i < dictionary.Count; i++)
        {
            var (key, item) = dictionary.At(i);
            var name = JinjaText.TryGet(key) ?? throw PythonErrorException.Type("the keys of what follows '**' must be texts");
            if (named.Exists(n => string.Equals(n.Key, name, StringComparison.Ordinal)))
            {
                throw PythonErrorException.Type($"two values are given for the argument '{name}'");
            }

            named.Add(new(name, item));
        }
    }
}
