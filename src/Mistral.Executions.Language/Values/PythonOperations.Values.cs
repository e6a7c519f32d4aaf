using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mistral.Executions.Language.Values;

/// <summary>
/// Python's operations over runtime values: null is None; <see cref="bool"/>; <see cref="long"/> and, outside 64 bits,
/// <see cref="BigInteger"/> are int; <see cref="double"/> is float; <see cref="string"/>; <see cref="PythonList"/> is list
/// and tuple; <see cref="PythonDictionary"/>; <see cref="PythonSet"/>; <see cref="PythonDateTime"/>;
/// <see cref="PythonTimeSpan"/>; <see cref="PythonIterable"/>; <see cref="PythonObject"/> is whatever else a language has.
/// </summary>
internal static partial class PythonOperations
{
    private const int SmallestShared = -128;
    private const int LargestShared = 1023;

    internal static readonly object True = true;
    internal static readonly object False = false;
    private static readonly object[] SharedIntegers = CreateShared();

    /// <summary>The boolean as a value, without allocating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static object Box(bool value) => value ? True : False;

    /// <summary>The integer as a value; small ones are shared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static object Box(long value) =>
        value is >= SmallestShared and <= LargestShared ? SharedIntegers[value - SmallestShared] : value;

    /// <summary>The integer as a value, in its one normal form.</summary>
    internal static object Box(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Box((long)value) : value;

    /// <summary>The name of the value's Python type, as error messages show it.</summary>
    internal static string TypeName(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        long or BigInteger => "int",
        double => "float",
        string => "str",
        PythonList list => list.IsTuple ? "tuple" : "list",
        PythonDictionary dictionary => dictionary.IsFrozen ? "FrozenDict" : "dict",
        PythonSet set => set.IsFrozen ? "frozenset" : "set",
        PythonDateTime => "datetime.datetime",
        PythonTimeSpan => "datetime.timedelta",
        PythonIterable iterable => iterable.TypeName,
        PythonObject other => other.TypeName,
        _ => value.GetType().Name,
    };

    /// <summary>Whether Python takes the value for true.</summary>
    internal static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool boolean => boolean,
        long integer => integer != 0,
        string text => text.Length != 0,
        double number => number != 0,
        PythonList list => list.Count != 0,
        PythonDictionary dictionary => dictionary.Count != 0,
        PythonSet set => set.Count != 0,
        PythonTimeSpan span => span.Microseconds != 0,
        PythonIterable iterable => iterable.Length != 0,
        PythonObject other => other.IsTrue,
        _ => true,
    };

    /// <summary>The value's hash: equal values have equal hashes.</summary>
    /// <exception cref="PythonErrorException">The value, or something in it, can change and has no hash (TypeError).</exception>
    internal static int Hash(object? value, EvaluationBudget budget)
    {
        switch (value)
        {
            case null:
                return 0;
            case bool boolean:
                return boolean ? 1L.GetHashCode() : 0L.GetHashCode();
            case long integer:
                return integer.GetHashCode();
            case BigInteger big:
                return big.GetHashCode();
            case double number:
                return HashOf(number);
            case string text:
                return text.GetHashCode(StringComparison.Ordinal);
            case PythonList { IsTuple: true } tuple:
                return HashOf(tuple, budget);
            case PythonDictionary { IsFrozen: true } dictionary:
                return HashOf(dictionary, budget);
            case PythonSet { IsFrozen: true } set:
                return HashOf(set, budget);
            case PythonDateTime time:
                return time.UtcMicroseconds.GetHashCode();
            case PythonTimeSpan span:
                return span.Microseconds.GetHashCode();
            case PythonDictionaryView { IsSet: true }:
            case PythonList or PythonDictionary or PythonSet:
                throw PythonErrorException.Type($"unhashable type: '{TypeName(value)}'");
            case PythonObject other:
                return other.Hash(budget);
            default:
                return RuntimeHelpers.GetHashCode(value);
        }
    }

    private static int HashOf(double number)
    {
        if (Math.Floor(number) != number || double.IsInfinity(number))
        {
            return number.GetHashCode();
        }

        return number is >= -9e18 and <= 9e18 ? ((long)number).GetHashCode() : Hash(Box(new BigInteger(number)));
    }

    private static int Hash(object integer) => integer is long small ? small.GetHashCode() : ((BigInteger)integer).GetHashCode();

    private static int HashOf(PythonList tuple, EvaluationBudget budget)
    {
        EvaluationBudget.EnsureStack();
        var hash = default(HashCode);
        for (var i = 0; i < tuple.Count; i++)
        {
            budget.Step();
            hash.Add(Hash(tuple[i], budget));
        }

        return hash.ToHashCode();
    }

    private static int HashOf(PythonDictionary dictionary, EvaluationBudget budget)
    {
        EvaluationBudget.EnsureStack();
        var hash = dictionary.Count;
        for (var i = 0; i < dictionary.Count; i++)
        {
            budget.Step();
            var (key, item) = dictionary.At(i);
            hash ^= HashCode.Combine(Hash(key, budget), Hash(item, budget));
        }

        return hash;
    }

    private static int HashOf(PythonSet set, EvaluationBudget budget)
    {
        EvaluationBudget.EnsureStack();
        var hash = set.Count;
        for (var i = 0; i < set.Count; i++)
        {
            budget.Step();
            hash ^= Hash(set[i], budget);
        }

        return hash;
    }

    private static object[] CreateShared()
    {
        var shared = new object[LargestShared - SmallestShared + 1];
        for (var i = 0; i < shared.Length; i++)
        {
            shared[i] = (long)(i + SmallestShared);
        }

        return shared;
    }
}
