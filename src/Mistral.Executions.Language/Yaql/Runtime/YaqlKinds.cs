using System.Numerics;
using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaql.Functions;

namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>Sets of kinds, and the kind of a value.</summary>
internal static class YaqlKinds
{
    internal const uint None = 1u << (int)YaqlKind.None;
    internal const uint Boolean = 1u << (int)YaqlKind.Boolean;
    internal const uint Integer = 1u << (int)YaqlKind.Integer;
    internal const uint Number = Integer | (1u << (int)YaqlKind.Float);
    internal const uint Text = 1u << (int)YaqlKind.Text;
    internal const uint Sequence = (1u << (int)YaqlKind.Tuple) | (1u << (int)YaqlKind.List);
    internal const uint Dictionary = 1u << (int)YaqlKind.Dictionary;
    internal const uint Set = (1u << (int)YaqlKind.Set) | (1u << (int)YaqlKind.SetView);
    internal const uint Iterator = 1u << (int)YaqlKind.Iterator;
    internal const uint Ordering = 1u << (int)YaqlKind.Ordering;
    internal const uint Iterable = Sequence | Set | Iterator | Ordering | (1u << (int)YaqlKind.ValuesView);
    internal const uint DateTime = 1u << (int)YaqlKind.DateTime;
    internal const uint TimeSpan = 1u << (int)YaqlKind.TimeSpan;
    internal const uint Regex = 1u << (int)YaqlKind.Regex;
    internal const uint Scope = 1u << (int)YaqlKind.Scope;
    internal const uint Mapping = 1u << (int)YaqlKind.Mapping;
    internal const uint Any = ~0u;
    internal const uint NotNone = Any & ~None;

    internal static bool Contains(uint kinds, YaqlKind kind) => ((kinds >> (int)kind) & 1) != 0;

    internal static YaqlKind Of(object? value) => value switch
    {
        null => YaqlKind.None,
        long => YaqlKind.Integer,
        string => YaqlKind.Text,
        PythonDictionary => YaqlKind.Dictionary,
        PythonList list => list.IsTuple ? YaqlKind.Tuple : YaqlKind.List,
        bool => YaqlKind.Boolean,
        double => YaqlKind.Float,
        PythonIterator => YaqlKind.Iterator,
        BigInteger => YaqlKind.Integer,
        PythonSet => YaqlKind.Set,
        PythonDictionaryView view => view.IsSet ? YaqlKind.SetView : YaqlKind.ValuesView,
        YaqlOrdering => YaqlKind.Ordering,
        PythonDateTime => YaqlKind.DateTime,
        PythonTimeSpan => YaqlKind.TimeSpan,
        YaqlRegex => YaqlKind.Regex,
        YaqlScope => YaqlKind.Scope,
        YaqlMapping => YaqlKind.Mapping,
        _ => YaqlKind.Other,
    };
}
