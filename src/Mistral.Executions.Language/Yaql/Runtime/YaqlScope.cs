using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>
/// The variables and functions that an expression sees: its own, then those of the scope around it. It is a value too:
/// <c>let</c> and its like give one, and <c>-></c> goes on in it.
/// </summary>
internal sealed class YaqlScope : PythonObject
{
    /// <summary><c>$</c> and <c>$1</c> are one variable.</summary>
    internal const string First = "1";

    private readonly YaqlScope? _parent;
    private readonly YaqlEvaluation _evaluation;
    private List<KeyValuePair<string, object?>>? _variables;
    private List<YaqlFunction>? _functions;
    private object? _first;
    private bool _hasFirst;

    internal YaqlScope(YaqlEvaluation evaluation, object? data)
    {
        _evaluation = evaluation;
        (_first, _hasFirst) = (data, true);
    }

    private YaqlScope(YaqlScope parent)
    {
        _parent = parent;
        _evaluation = parent._evaluation;
        HasFunctions = parent.HasFunctions;
    }

    internal override string TypeName => "Context";

    internal YaqlEvaluation Evaluation => _evaluation;

    internal EvaluationBudget Budget => _evaluation.Budget;

    /// <summary>Whether functions were defined here or around here.</summary>
    internal bool HasFunctions { get; private set; }

    internal YaqlScope CreateChild() => new(this);

    internal YaqlScope CreateChild(object? first)
    {
        var child = new YaqlScope(this);
        (child._first, child._hasFirst) = (first, true);
        return child;
    }

    internal void SetFirst(object? value) => (_first, _hasFirst) = (value, true);

    internal void Set(string name, object? value)
    {
        Budget.Step();
        if (name.Length == 0 || name == First)
        {
            SetFirst(value);
            return;
        }

        _variables ??= [];
        var place = _variables.FindIndex(v => v.Key == name);
        if (place >= 0)
        {
            _variables[place] = new(name, value);
        }
        else
        {
            Budget.Allocate(1);
            _variables.Add(new(name, value));
        }
    }

    /// <summary>The value of a variable; null when there is none of that name.</summary>
    internal object? Get(string name)
    {
        var isFirst = ReferenceEquals(name, First) || name == First;
        for (var scope = this; scope is not null; scope = scope._parent)
        {
            if (isFirst)
            {
                if (scope._hasFirst)
                {
                    return scope._first;
                }
            }
            else if (scope._variables is not null)
            {
                foreach (var (key, value) in scope._variables)
                {
                    if (key == name)
                    {
                        return value;
                    }
                }
            }
        }

        return _evaluation.Reserved(name);
    }

    internal void Define(YaqlFunction function)
    {
        Budget.Allocate(1);
        (_functions ??= []).Add(function);
        HasFunctions = true;
    }

    /// <summary>The functions of that name that were defined here and around here, one array a scope, nearest first.</summary>
    internal List<YaqlFunction[]>? FunctionsNamed(string name)
    {
        List<YaqlFunction[]>? levels = null;
        for (var scope = this; scope is { HasFunctions: true }; scope = scope._parent)
        {
            Budget.Step();
            if (scope._functions?.FindAll(f => f.Name == name) is { Count: > 0 } own)
            {
                (levels ??= []).Add([.. own]);
            }
        }

        return levels;
    }
}
