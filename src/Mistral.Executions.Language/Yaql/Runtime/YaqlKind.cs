namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>The kinds of values that parameters tell apart. There are fewer than 32, so that a set of kinds fits one word.</summary>
internal enum YaqlKind
{
    None,
    Boolean,
    Integer,
    Float,
    Text,
    Tuple,
    List,
    Dictionary,
    Set,

    /// <summary>The keys or items of a dict: a set, but without a set's methods.</summary>
    SetView,

    /// <summary>The values of a dict: can be walked again and again, but is no collection.</summary>
    ValuesView,

    Iterator,
    Ordering,
    DateTime,
    TimeSpan,
    Regex,
    Scope,
    Mapping,
    Other,

    /// <summary>Not evaluated yet: what stands for a lazy argument.</summary>
    Unevaluated,
}
