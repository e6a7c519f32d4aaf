using System.Globalization;

namespace Mistral.Executions.Simulation;

/// <summary>Arguments of the form <c>--name value</c>, and flags without a value.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public CommandLine(IReadOnlyList<string> arguments, params string[] known)
    {
        for (var place = 0; place < arguments.Count; place++)
        {
            var name = arguments[place];
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw new ArgumentException($"There is no argument '{name}'.");
            }

            var hasValue = place + 1 < arguments.Count && !arguments[place + 1].StartsWith("--", StringComparison.Ordinal);
            _values[name] = hasValue ? arguments[++place] : "";
        }
    }

    public string? Find(string name) => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public bool Has(string name) => _values.ContainsKey(name);

    public long Number(string name) => long.Parse(Find(name) ?? throw new ArgumentException($"'{name}' is missing."), CultureInfo.InvariantCulture);
}
