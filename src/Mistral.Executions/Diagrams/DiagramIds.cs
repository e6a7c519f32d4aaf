using System.Globalization;

namespace Mistral.Executions.Diagrams;

/// <summary>Numbers what is in a diagram: names can hold any character, ids inside of a diagram cannot.</summary>
internal sealed class DiagramIds
{
    private int _nodes;
    private int _groups;

    public string Node() => string.Create(CultureInfo.InvariantCulture, $"n{_nodes++}");

    public string Group() => string.Create(CultureInfo.InvariantCulture, $"g{_groups++}");
}
