using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The variable <c>loop</c>: where a loop stands. It looks ahead only when it is asked.</summary>
internal sealed class LoopContext(
    ForStatement statement, JinjaScope scope, object? values, PythonIterator items, bool isFiltered, int depth)
    : JinjaCallable, IJinjaMembers
{
    private readonly Queue<object?> _ahead = new();
    private int _index = -1;
    private object? _current;
    private object? _previous;
    private object?[]? _lastChanged;

    internal override string TypeName => "LoopContext";

    private int Count
    {
        get
        {
            if (!isFiltered && PythonOperations.TryLength(values) is { } length)
            {
                return length;
            }

            while (items.TryNext(out var item))
            {
                scope.Budget.Allocate(1);
                _ahead.Enqueue(item);
            }

            return _index + 1 + _ahead.Count;
        }
    }

    internal bool TryNext(out object? item)
    {
        if (!_ahead.TryDequeue(out item) && !items.TryNext(out item))
        {
            return false;
        }

        _index++;
        _previous = _current;
        _current = item;
        return true;
    }

    internal override string Represent(EvaluationBudget budget) => $"<LoopContext {_index + 1}/{Count}>";

    internal override object? Call(JinjaScope caller, JinjaArguments arguments)
    {
        arguments.RequireNoNamed("loop");
        if (!statement.IsRecursive)
        {
            throw PythonErrorException.Type("'loop' can be called only in a loop that is marked as 'recursive'");
        }

        if (arguments.Positional.Length != 1)
        {
            throw PythonErrorException.Type("loop() takes one argument: what to loop over");
        }

        var output = new JinjaOutput(scope.Budget);
        statement.Render(arguments.Positional[0], scope, output, depth + 1);
        return scope.Written(output.ToString());
    }

    public object? Attribute(string name, JinjaScope caller) => name switch
    {
        "index" => PythonOperations.Box(_index + 1),
        "index0" => PythonOperations.Box(_index),
        "revindex" => PythonOperations.Box(Count - _index),
        "revindex0" => PythonOperations.Box(Count - _index - 1),
        "first" => PythonOperations.Box(_index == 0),
        "last" => PythonOperations.Box(!TryPeek(out _)),
        "length" => PythonOperations.Box(Count),
        "depth" => PythonOperations.Box(depth + 1),
        "depth0" => PythonOperations.Box(depth),
        "previtem" => _index == 0 ? JinjaUndefined.Because("there is no previous item") : Member(_previous),
        "nextitem" => TryPeek(out var next) ? Member(next) : JinjaUndefined.Because("there is no next item"),
        "cycle" => new BoundMethod(this, JinjaFunction.Free("cycle", (_, a) => Cycle(a.Positional[1..]))),
        "changed" => new BoundMethod(this, JinjaFunction.Free("changed", (s, a) => Changed(a.Positional[1..], s.Budget))),
        _ => null,
    };

    private static object Member(object? value) => value ?? JinjaMembers.NoneMember;

    private bool TryPeek(out object? item)
    {
        if (_ahead.TryPeek(out item))
        {
            return true;
        }

        if (!items.TryNext(out item))
        {
            return false;
        }

        _ahead.Enqueue(item);
        return true;
    }

    private object? Cycle(object?[] choices) => choices.Length == 0
        ? throw PythonErrorException.Type("cycle() needs the items to cycle through")
        : choices[_index % choices.Length];

    private object Changed(object?[] current, EvaluationBudget budget)
    {
        var hasChanged = _lastChanged is null
            || !JinjaOperators.AreEqual(PythonList.Tuple(_lastChanged), PythonList.Tuple(current), budget);
        _lastChanged = current;
        return PythonOperations.Box(hasChanged);
    }
}
