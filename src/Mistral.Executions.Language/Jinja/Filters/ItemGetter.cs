using System.Globalization;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Reads an attribute that a filter is told by name: <c>a.b.0</c> goes through items, one part after the other.</summary>
internal sealed class ItemGetter
{
    private readonly object?[] _parts;
    private readonly object? _default;

    private ItemGetter(object?[] parts, object? defaultValue) => (_parts, _default) = (parts, defaultValue);

    internal static ItemGetter Of(object? attribute, object? defaultValue = null)
    {
        JinjaOperators.RequireDefined(attribute);
        return new(
            attribute is null ? []
            : JinjaText.TryGet(attribute) is { } text ? Array.ConvertAll(text.Split('.'), Part)
            : [attribute],
            defaultValue);
    }

    /// <summary>One getter for every attribute between commas.</summary>
    internal static ItemGetter[] All(object? attributes) => JinjaText.TryGet(attributes) is { } text
        ? Array.ConvertAll(text.Split(','), static t => Of(t))
        : [Of(attributes)];

    internal object? Get(object? item, JinjaScope scope)
    {
        foreach (var part in _parts)
        {
            item = JinjaMembers.Item(item, part, scope);
            if (_default is not null && item is JinjaUndefined)
            {
                item = _default;
            }
        }

        return item;
    }

    private static object? Part(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? PythonOperations.Box(number) : text;
}
