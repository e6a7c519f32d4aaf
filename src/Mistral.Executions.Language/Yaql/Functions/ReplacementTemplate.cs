using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>What a match is replaced by: text with <c>\1</c>, <c>\g&lt;1></c> or <c>\g&lt;name></c> for groups.</summary>
internal sealed class ReplacementTemplate
{
    // Text, or the number of a group.
    private readonly List<(string? Text, int Group)> _parts = [];

    private ReplacementTemplate()
    {
    }

    /// <summary>Reads a template.</summary>
    /// <exception cref="PythonErrorException">The template names no group of the pattern or has a wrong escape.</exception>
    internal static ReplacementTemplate Parse(string template, YaqlRegex regex)
    {
        var result = new ReplacementTemplate();
        var text = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '\\')
            {
                text.Append(template[i]);
                continue;
            }

            if (++i == template.Length)
            {
                throw Wrong(template, "bad escape (end of pattern)");
            }

            var escape = template[i];
            if (escape == 'g')
            {
                var end = i + 1 < template.Length && template[i + 1] == '<' ? template.IndexOf('>', i) : -1;
                var name = end < 0 ? throw Wrong(template, "missing <name> after \\g") : template[(i + 2)..end];
                result.AddGroup(text, GroupNumber(template, name, regex));
                i = end;
            }
            else if (escape is >= '1' and <= '9')
            {
                var end = i + 1 < template.Length && char.IsAsciiDigit(template[i + 1]) ? i + 2 : i + 1;
                result.AddGroup(text, GroupNumber(template, template[i..end], regex));
                i = end - 1;
            }
            else if (escape == '0')
            {
                var end = i + 1;
                while (end < template.Length && end < i + 3 && template[end] is >= '0' and <= '7')
                {
                    end++;
                }

                text.Append((char)Convert.ToInt32(template[i..end], 8));
                i = end - 1;
            }
            else if ("abfnrtv".IndexOf(escape, StringComparison.Ordinal) is var known and >= 0)
            {
                text.Append("\a\b\f\n\r\t\v"[known]);
            }
            else if (char.IsAsciiLetter(escape))
            {
                throw Wrong(template, $"bad escape \\{escape}");
            }
            else
            {
                text.Append(escape == '\\' ? "\\" : "\\" + escape);
            }
        }

        result._parts.Add((text.ToString(), 0));
        return result;
    }

    internal string Expand(Match match) =>
        string.Concat(_parts.Select(part => part.Text ?? match.Groups[part.Group].Value));

    private void AddGroup(StringBuilder text, int group)
    {
        _parts.Add((text.ToString(), 0));
        text.Clear();
        _parts.Add((null, group));
    }

    private static int GroupNumber(string template, string name, YaqlRegex regex)
    {
        if (regex.Names.TryGetValue(name, out var number))
        {
            return number;
        }

        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= regex.GroupCount
            ? number
            : throw Wrong(template, $"there is no group '{name}'");
    }

    private static PythonErrorException Wrong(string template, string reason) =>
        new("error", $"the replacement '{template}' is wrong: {reason}");
}
