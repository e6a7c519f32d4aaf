using System.Collections.Frozen;
using System.Numerics;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Attributes and items of values, as far as the sandbox lets them be read.</summary>
internal static class JinjaMembers
{
    // What every Python object has, or many have, and no expression may reach.
    private static readonly FrozenSet<string> Internal = new[]
    {
        "__abs__", "__add__", "__and__", "__bool__", "__call__", "__ceil__", "__class__", "__class_getitem__", "__contains__",
        "__delattr__", "__delitem__", "__dict__", "__dir__", "__divmod__", "__doc__", "__eq__", "__float__", "__floor__",
        "__floordiv__", "__format__", "__ge__", "__getattribute__", "__getitem__", "__getnewargs__", "__getstate__",
        "__globals__", "__gt__", "__hash__", "__iadd__", "__imul__", "__index__", "__init__", "__init_subclass__", "__int__",
        "__invert__", "__ior__", "__iter__", "__le__", "__len__", "__lt__", "__mod__", "__module__", "__mul__", "__name__",
        "__ne__", "__neg__", "__new__", "__next__", "__or__", "__pos__", "__pow__", "__qualname__", "__radd__", "__reduce__",
        "__reduce_ex__", "__repr__", "__reversed__", "__rmod__", "__rmul__", "__ror__", "__round__", "__self__",
        "__setattr__", "__setitem__", "__sizeof__", "__str__", "__sub__", "__subclasshook__", "__truediv__", "__trunc__",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a dict has an attribute of that name, which then hides a key.</summary>
    internal static bool IsDictionaryAttribute(string name) => DictionaryMethods.All.ContainsKey(name) || Internal.Contains(name);

    /// <summary>What <c>value.name</c> is: the attribute, else the item; undefined when there is neither.</summary>
    internal static object? Attribute(object? value, string name, JinjaScope scope)
    {
        RequireDefined(value);
        return TryAttribute(value, name, scope, out var found) || TryItem(value, name, scope.Budget, out found)
            ? found
            : JinjaUndefined.OfMember(value, name);
    }

    /// <summary>What <c>value[index]</c> is: the item, else the attribute; undefined when there is neither.</summary>
    internal static object? Item(object? value, object? index, JinjaScope scope)
    {
        RequireDefined(value);
        if (TryItem(value, index, scope.Budget, out var found))
        {
            return found;
        }

        return JinjaText.TryGet(index) is { } name && TryAttribute(value, name, scope, out found)
            ? found
            : JinjaUndefined.OfMember(value, JinjaText.Plain(index));
    }

    /// <summary>The attribute alone, if there is one; one that the sandbox hides is undefined.</summary>
    internal static bool TryAttribute(object? value, string name, JinjaScope scope, out object? found)
    {
        found = value switch
        {
            string or JinjaMarkup => Method(StringMethods.All, value, name),
            PythonDictionary => Method(DictionaryMethods.All, value, name),
            PythonList list => ListMethods.Attribute(list, name),
            long or bool or BigInteger or double => NumberMethods.Attribute(value, name),
            IJinjaMembers members => members.Attribute(name, scope),
            PythonDictionaryView view => ViewMethods.Attribute(view, name),
            PythonDateTime time => TimeMethods.Attribute(time, name),
            _ => null,
        };
        if (found is null && Internal.Contains(name))
        {
            found = JinjaUndefined.Unsafe(value, name);
        }

        // An attribute whose value is None is told apart from none at all by its own marker.
        if (ReferenceEquals(found, NoneMember))
        {
            found = null;
            return true;
        }

        return found is not null;
    }

    /// <summary>Stands for an attribute whose value is None.</summary>
    internal static readonly object NoneMember = new();

    internal static BoundMethod? Method(FrozenDictionary<string, JinjaFunction> methods, object? owner, string name) =>
        methods.TryGetValue(name, out var method) ? new BoundMethod(owner, method) : null;

    private static bool TryItem(object? value, object? index, EvaluationBudget budget, out object? found)
    {
        if (value is PythonDictionary dictionary && index is string key)
        {
            return dictionary.TryGet(key, out found, budget);
        }

        if (index is JinjaUndefined undefined && value is PythonDictionary)
        {
            throw undefined.Fault();
        }

        try
        {
            found = index is JinjaSlice slice ? slice.Of(value, budget) : Index(value, JinjaText.Plain(index), budget);
            return true;
        }
        catch (PythonErrorException error) when (error.Kind is "TypeError" or "KeyError" or "IndexError")
        {
            found = null;
            return false;
        }
    }

    private static object? Index(object? value, object? index, EvaluationBudget budget)
    {
        switch (value)
        {
            case JinjaRange range when PythonOperations.IsInteger(index):
                var place = PythonOperations.ToIndex(index!);
                place = place < 0 ? place + range.Count : place;
                return place >= 0 && place < range.Count ? range.At(place) : throw PythonErrorException.Index("range object index out of range");
            case PythonBytes bytes when PythonOperations.IsInteger(index):
                return bytes.At(PythonOperations.ToIndex(index!));
            case JinjaMarkup markup:
                return new JinjaMarkup((string)PythonOperations.Index(markup.Text, index, budget)!);
            default:
                return PythonOperations.Index(value, index, budget);
        }
    }

    private static void RequireDefined(object? value)
    {
        if (value is JinjaUndefined undefined)
        {
            throw undefined.Fault();
        }
    }
}
