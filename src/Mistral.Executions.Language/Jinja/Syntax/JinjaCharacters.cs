using System.Text;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Classes of characters as Python's texts and regular expressions have them.</summary>
internal static class JinjaCharacters
{
    /// <summary>What <c>\w</c> takes: letters, digits, other numbers and the underscore.</summary>
    public static bool IsWord(Rune rune) => rune.Value == '_' || Rune.IsLetterOrDigit(rune) || Rune.IsNumber(rune);
}
