using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>What goes wrong when a call is resolved.</summary>
internal static class YaqlErrors
{
    internal const string NoMatchingFunction = "NoMatchingFunctionException";
    internal const string NoMatchingMethod = "NoMatchingMethodException";

    internal static PythonErrorException Unknown(string name, bool isMethod, object? receiver) => isMethod
        ? new("NoMethodRegisteredException", $"there is no method '{name}' (called on {Described(receiver)})")
        : new("NoFunctionRegisteredException", name.StartsWith(PropertyPrefix, StringComparison.Ordinal)
            ? $"the value has no property '{name[PropertyPrefix.Length..]}'"
            : $"there is no function '{name}'");

    internal static PythonErrorException NoMatch(string name, bool isMethod, IEnumerable<string> types) => isMethod
        ? new(NoMatchingMethod, $"no method '{name}' takes these arguments: ({string.Join(", ", types)})")
        : new(NoMatchingFunction, name.StartsWith(PropertyPrefix, StringComparison.Ordinal)
            ? $"a value of type {string.Join(", ", types)} has no property '{name[PropertyPrefix.Length..]}'"
            : $"{Shown(name)} does not take these arguments: ({string.Join(", ", types)})");

    internal static PythonErrorException Ambiguous(string name, bool isMethod) => isMethod
        ? new("AmbiguousMethodException", $"more than one method '{name}' takes these arguments")
        : new("AmbiguousFunctionException", $"more than one {Shown(name)} takes these arguments");

    internal static PythonErrorException Translation() =>
        new("MappingTranslationException", "the left side of => must be a bare word where it names an argument");

    internal static PythonErrorException NoNames(string name) =>
        new("ArgumentException", $"{Shown(name)} takes no named arguments");

    /// <summary>What a property of a value is called inside.</summary>
    internal const string PropertyPrefix = "#property#";

    private static string Described(object? value) => $"a value of type {PythonOperations.TypeName(value)}";

    private static string Shown(string name) => name switch
    {
        "#indexer" => "the index []",
        "#list" => "the list literal",
        "#map" => "the dict literal",
        "#finalize" => "the end of the expression",
        "*equal" => "operator '='",
        "*not_equal" => "operator '!='",
        _ when name.StartsWith("#operator_", StringComparison.Ordinal) => $"operator '{name["#operator_".Length..]}'",
        _ when name.StartsWith("#unary_operator_", StringComparison.Ordinal) => $"prefix operator '{name["#unary_operator_".Length..]}'",
        _ => $"function '{name}'",
    };
}
