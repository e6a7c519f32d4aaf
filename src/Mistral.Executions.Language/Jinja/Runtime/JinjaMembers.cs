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
        index = JinjaText.Plain(index);
        found = null;
        switch (value)
        {
            case PythonDictionary dictionary:
                return TryKey(dictionary, index, budget, out found);
            case PythonList list when Place(index, list.Count) is var place and >= 0:
                found = list[place];
                return true;
            case JinjaRange range when Place(index, range.Count) is var place and >= 0:
                found = range.At(place);
                return true;
            case PythonBytes bytes when Place(index, bytes.Count) is var place and >= 0:
                found = bytes.At(place);
                return true;
            case string or JinjaMarkup when PythonOperations.IsInteger(index):
                var text = JinjaText.TryGet(value)!;
                budget.Handle(text.Length);
                if (Place(index, PythonText.Length(text)) is var point and >= 0)
                {
                    found = JinjaText.Like(value, PythonText.Slice(text, point, point + 1));
                    return true;
                }

                return false;
            default:
                return false;
        }
    }

    private static bool TryKey(PythonDictionary dictionary, object? key, EvaluationBudget budget, out object? found)
    {
        if (key is JinjaUndefined undefined)
        {
            throw undefined.Fault();
        }

        try
        {
            return dictionary.TryGet(key, out found, budget);
        }
        catch (PythonErrorException error) when (error.Kind == "TypeError")
        {
            // What cannot be a key is none that the dict has.
            found = null;
            return false;
        }
    }

    /// <summary>The place that an index means among so many; -1 when it is none.</summary>
    private static int Place(object? index, int count)
    {
        if (!PythonOperations.IsInteger(index))
        {
            return -1;
        }

        var place = PythonOperations.ToIndex(index!);
        place = place < 0 ? place + count : place;
        return place < count ? place : -1;
    }

    private static void RequireDefined(object? value)
    {
        if (value is JinjaUndefined undefined)
        {
            throw undefined.Fault();
        }
    }
}
