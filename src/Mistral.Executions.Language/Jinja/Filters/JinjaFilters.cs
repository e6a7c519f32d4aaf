using System.Collections.Frozen;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>All filters: Jinja's own, and Mistral's functions.</summary>
internal static class JinjaFilters
{
    private static readonly FrozenDictionary<string, JinjaFunction> All = new[]
    {
        TextFilters.All, LayoutFilters.All, HtmlFilters.All, NumberFilters.All, SequenceFilters.All, OrderFilters.All,
        SelectionFilters.All, MistralFunctions.Filters,
    }.SelectMany(static f => f).ToFrozenDictionary(static f => f.Name, StringComparer.Ordinal);

    internal static JinjaFunction? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>The filter that a value names.</summary>
    /// <exception cref="PythonErrorException">There is none.</exception>
    internal static JinjaFunction Get(object? name)
    {
        JinjaOperators.RequireDefined(name);
        return JinjaText.TryGet(name) is { } text && Find(text) is { } filter
            ? filter
            : throw new PythonErrorException("TemplateRuntimeError", $"there is no filter '{JinjaText.TryGet(name)}'");
    }
}
