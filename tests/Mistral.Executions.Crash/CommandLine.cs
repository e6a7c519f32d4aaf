using System.Globalization;

namespace Mistral.Executions.Crash;

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

    public string this[string name] => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw new ArgumentException($"'{name}' is missing.");

    public bool Has(string name) => _values.ContainsKey(name);

    public int Number(string name) => int.Parse(this[name], CultureInfo.InvariantCulture);

    public int Number(string name, int otherwise) => Has(name) ? Number(name) : otherwise;
}
