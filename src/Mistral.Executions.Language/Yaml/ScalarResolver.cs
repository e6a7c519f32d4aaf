using System.Numerics;
using Mistral.Executions.Language.Functions;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaml;

/// <summary>
/// The types of plain scalars as YAML 1.1 has them, which is what Mistral's reader follows: <c>yes</c> is true,
/// <c>017</c> is fifteen, <c>1:30</c> is ninety. Dates stay text: JSON has none.
/// </summary>
internal static class ScalarResolver
{
    /// <summary>How many characters a number may have; what is longer is text.</summary>
    public const int MaximumNumberLength = 4_300;

    /// <summary>The value of a plain scalar.</summary>
    /// <exception cref="FormatException">It is a number that has no JSON form.</exception>
    public static JsonData Resolve(string text)
    {
        if (text.Length > MaximumNumberLength)
        {
            return text;
        }

        try
        {
            return YamlScalar.Resolve(text, new()) switch
            {
                null => default,
                bool boolean => boolean,
                long integer => integer,
                BigInteger integer => integer,
                double number when double.IsFinite(number) => number,
                double => throw new FormatException($"The number {text} has no JSON form."),
                _ => text,
            };
        }
        catch (PythonErrorException)
        {
            // It only looks like a number or a date.
            return text;
        }
    }
}
