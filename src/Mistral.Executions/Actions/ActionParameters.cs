using System.Text;

namespace Mistral.Executions.Actions;

/// <summary>Which names the input of an action may have.</summary>
internal sealed class ActionParameters
{
    private readonly string[]? _required;
    private readonly string[]? _optional;

    private ActionParameters(string[]? required, string[]? optional) => (_required, _optional) = (required, optional);

    /// <summary>Every name is right, and none must be given.</summary>
    public static ActionParameters Any { get; } = new(null, null);

    /// <summary>No name is right.</summary>
    public static ActionParameters None { get; } = new([], []);

    public static ActionParameters Of(IEnumerable<string> required, IEnumerable<string> optional) => new([.. required], [.. optional]);

    /// <summary>What is wrong with the names of an input, with all of them named; <see langword="null"/> when nothing is.</summary>
    public string? Check(string actionName, JsonMap input)
    {
        return _required is null || _optional is null ? null : Check(actionName, input, _required, _optional);
    }

    private static string? Check(string actionName, JsonMap input, string[] required, string[] optional)
    {
        var missing = required.Where(name => !input.ContainsKey(name)).ToArray();
        var unexpected = input.Keys.Where(name => !required.Contains(name) && !optional.Contains(name)).ToArray();
        if (missing.Length == 0 && unexpected.Length == 0)
        {
            return null;
        }

        var text = new StringBuilder("The input of action '").Append(actionName).Append("' is wrong:");
        if (missing.Length > 0)
        {
            text.Append(" missing ").AppendJoin(", ", missing.Select(Quoted));
        }

        if (unexpected.Length > 0)
        {
            text.Append(missing.Length > 0 ? "; unexpected " : " unexpected ").AppendJoin(", ", unexpected.Select(Quoted));
        }

        var known = required.Select(Quoted).Concat(optional.Select(name => $"{Quoted(name)} (optional)")).ToArray();
        return text
            .Append(". It takes ")
            .Append(known.Length == 0 ? "no parameters" : string.Join(", ", known))
            .Append('.')
            .ToString();
    }

    private static string Quoted(string name) => $"'{name}'";
}
