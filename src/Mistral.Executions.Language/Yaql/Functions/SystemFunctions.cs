using System.Globalization;
using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Runtime;
using Mistral.Executions.Language.Yaql.Syntax;
using static Mistral.Executions.Language.Yaql.Runtime.YaqlParameterType;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>The dot, the arrow, scopes, and calls by name.</summary>
internal static class SystemFunctions
{
    internal static void Declare(YaqlDeclarations to)
    {
        to.Function("#operator_.", [("receiver", Any), ("expr", Method)], static (s, receiver, expression) =>
            expression is YaqlCallNode call ? call.EvaluateOn(receiver, s) : expression);
        to.Function("#operator_?.", [("receiver", Any), ("expr", Expression)], Elvis);
        to.Function("#operator_->", [("left", Scope), ("right", Lambda)], static (_, left, right) =>
            ((YaqlLambda)right!).InvokeIn((YaqlScope)left!));
        to.Function("with", [], With, rest: Any);
        to.FunctionOfNames("let", Any, Let);
        to.Method("unpack", [("sequence", Iterable)], Unpack, rest: Text);
        to.Function("def", [("name", Text), ("func", Lambda)], Define);
        to.Method(
            "assert", [("obj", Any), ("condition", Lambda), new YaqlParameter("message", Text).Or("Assertion failed")], Assert);
        to.Function(
            "call",
            [("name", Text), ("args", Sequence), ("kwargs", Dictionary), new YaqlParameter("receiver", Any).OrMissing()],
            Call);
    }

    /// <summary>What counts only where no other meaning of the dot fits.</summary>
    internal static void DeclareFallback(YaqlDeclarations to) =>
        to.Function("#operator_.", [("obj", Any), ("name", Keyword)], static (s, value, name) =>
            s.Evaluation.SiteOf(YaqlErrors.PropertyPrefix + name, 1).InvokeWith(s, value));

    private static object? Elvis(YaqlScope scope, object? receiver, object? expression) => receiver is null
        ? null
        : new YaqlCallSite("#operator_.", [YaqlArgument.Value, YaqlArgument.Of((YaqlNode)expression!)], isMethod: false)
            .InvokeWith(scope, receiver, expression);

    private static YaqlScope With(YaqlScope scope, object?[] arguments)
    {
        var child = scope.CreateChild();
        SetNumbered(child, arguments);
        return child;
    }

    private static YaqlScope Let(YaqlScope scope, object?[] arguments, IReadOnlyList<KeyValuePair<string, object?>> named)
    {
        var child = With(scope, arguments);
        foreach (var (name, value) in named)
        {
            child.Set(name, value);
        }

        return child;
    }

    private static YaqlScope Unpack(YaqlScope scope, object?[] arguments)
    {
        var child = scope.CreateChild();
        var names = arguments.AsSpan(1);
        var items = PythonOperations.Iterate(arguments[0], scope.Budget);
        var first = new List<object?>();
        while (first.Count <= names.Length && items.TryNext(out var item))
        {
            first.Add(item);
        }

        if (names.Length == 0)
        {
            // A lazy sequence has lost the item that was looked at; a list starts again.
            SetNumbered(child, PythonOperations.Collect(PythonOperations.Iterate(arguments[0], scope.Budget), true, scope.Budget).ToArray());
            return child;
        }

        if (names.Length != first.Count)
        {
            throw PythonErrorException.Value($"cannot unpack {first.Count} elements into {names.Length}");
        }

        for (var i = 0; i < names.Length; i++)
        {
            child.Set(Variable((string)names[i]!), first[i]);
        }

        return child;
    }

    private static void SetNumbered(YaqlScope scope, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            scope.Set((i + 1).ToString(CultureInfo.InvariantCulture), values[i]);
        }
    }

    private static string Variable(string name) => name.StartsWith('$') ? name[1..] : name;

    private static YaqlScope Define(YaqlScope scope, object? name, object? body)
    {
        var child = scope.CreateChild();
        YaqlLambda? own = null;
        child.Define(new YaqlFunction(FunctionName((string)name!), [])
        {
            Rest = Any,
            TakesAnyName = true,
            Body = (_, arguments, named) => own!.Invoke(arguments, named),
        });

        // The body sees the function itself, so that it can call it again.
        own = ((YaqlLambda)body!).In(child);
        return child;
    }

    private static string FunctionName(string name)
    {
        name = name.TrimEnd('_');
        if (name.Length == 0 || char.IsLetter(name[0]))
        {
            return CamelCase(name);
        }

        var end = name.IndexOf(name[0], 1);
        return end <= 1 ? name : name[..(end + 1)] + CamelCase(name[(end + 1)..]);
    }

    private static string CamelCase(string name)
    {
        var result = new System.Text.StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && name[i] == '_' && i + 1 < name.Length && (char.IsLetterOrDigit(name[i + 1]) || name[i + 1] == '_'))
            {
                result.Append(char.ToUpperInvariant(name[++i]));
            }
            else
            {
                result.Append(name[i]);
            }
        }

        return result.ToString();
    }

    private static object? Assert(YaqlScope scope, object?[] arguments)
    {
        var value = arguments[0] is PythonIterator iterator ? new YaqlMemorized(iterator, scope.Budget) : arguments[0];
        return ((YaqlLambda)arguments[1]!).IsTrue(value)
            ? value
            : throw new PythonErrorException("AssertionError", (string)arguments[2]!);
    }

    private static object? Call(YaqlScope scope, object?[] arguments)
    {
        var isMethod = !ReferenceEquals(arguments[3], YaqlLeftOut.Value);
        var list = (PythonList)arguments[1]!;
        var named = (PythonDictionary)arguments[2]!;
        var values = list.ToArray(before: isMethod ? 1 : 0, after: named.Count);
        if (isMethod)
        {
            values[0] = arguments[3];
        }

        var names = new string[named.Count];
        for (var i = 0; i < names.Length; i++)
        {
            var (key, value) = named.At(i);
            names[i] = key as string ?? throw PythonErrorException.Type("the names of arguments must be strings");
            values[values.Length - names.Length + i] = value;
        }

        scope.Budget.Allocate(values.Length);
        var site = new YaqlCallSite((string)arguments[0]!, YaqlArgument.Values(values.Length - names.Length), isMethod, names);
        return site.InvokeWith(scope, values);
    }
}
