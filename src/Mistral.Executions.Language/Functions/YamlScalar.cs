using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Functions;

/// <summary>What a plain scalar stands for in YAML 1.1, as Python's reader has it.</summary>
internal static partial class YamlScalar
{
    // Of the notations that there are, sexagesimal digits have the most.
    private const long BitsOfDigit = 6;

    /// <summary>Whether the text stands for itself.</summary>
    internal static bool IsText(string text) =>
        !TryWord(text, out _) && text is not ("=" or "<<")
        && !(MayBeNumber(text) && (IntegerPattern().IsMatch(text) || FloatPattern().IsMatch(text) || TimestampPattern().IsMatch(text)));

    internal static object? Resolve(string text, EvaluationBudget budget)
    {
        if (TryWord(text, out var word))
        {
            return word;
        }

        return !MayBeNumber(text) ? text
            : IntegerPattern().IsMatch(text) ? ToInteger(text, budget)
            : FloatPattern().IsMatch(text) ? ToFloat(text, budget)
            : TimestampPattern().Match(text) is { Success: true } match ? ToTime(match)
            : text;
    }

    private static bool TryWord(string text, out object? value)
    {
        value = text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => PythonOperations.True,
            "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => PythonOperations.False,
            ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => double.PositiveInfinity,
            "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
            ".nan" or ".NaN" or ".NAN" => double.NaN,
            _ => text,
        };
        return value is not string;
    }

    private static bool MayBeNumber(string text) => char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.';

    /// <summary>The integer that a text with the tag of integers stands for.</summary>
    internal static object ToInteger(string text, EvaluationBudget budget)
    {
        budget.AllocateInteger(BitsOfDigit * text.Length);
        var digits = text.Replace("_", string.Empty, StringComparison.Ordinal);
        var sign = digits.StartsWith('-') ? -1 : 1;
        digits = digits.TrimStart('+', '-');
        if (digits.Contains(':', StringComparison.Ordinal))
        {
            return PythonOperations.Box(sign * digits.Split(':').Aggregate(BigInteger.Zero, static (sum, part) =>
                (sum * 60) + BigInteger.Parse(part, CultureInfo.InvariantCulture)));
        }

        var radix = digits.StartsWith("0b", StringComparison.Ordinal) ? 2
            : digits.StartsWith("0x", StringComparison.Ordinal) ? 16
            : digits.Length > 1 && digits[0] == '0' ? 8
            : 10;
        var value = PythonOperations.TryParseInteger(digits, radix) ?? throw PythonErrorException.Value($"'{text}' is no integer");
        return sign < 0 ? PythonOperations.Negate(value) : value;
    }

    /// <summary>The float that a text with the tag of floats stands for.</summary>
    internal static double ToFloat(string text, EvaluationBudget budget)
    {
        budget.Scan(text);
        var digits = text.Replace("_", string.Empty, StringComparison.Ordinal);
        var sign = digits.StartsWith('-') ? -1 : 1;
        digits = digits.TrimStart('+', '-');
        return sign * digits.Split(':').Aggregate(0.0, (sum, part) =>
            (sum * 60) + (PythonOperations.TryParseFloat(part, budget) ?? throw PythonErrorException.Value($"'{text}' is no float")));
    }

    private static object ToTime(Match match)
    {
        var (year, month, day) = (Part(match, "year"), Part(match, "month"), Part(match, "day"));
        if (!match.Groups["hour"].Success)
        {
            return new PythonDate(PythonDateTime.Create(year, month, day, 0, 0, 0, 0, null));
        }

        var fraction = match.Groups["fraction"].Value;
        var microsecond = fraction.Length == 0
            ? 0
            : int.Parse(fraction.PadRight(6, '0')[..6], NumberStyles.None, CultureInfo.InvariantCulture);
        PythonTimeSpan? offset = null;
        if (match.Groups["zone"].Success)
        {
            var minutes = (Part(match, "zonehour") * 60) + Part(match, "zoneminute");
            offset = new PythonTimeSpan((match.Groups["zone"].Value[0] == '-' ? -minutes : minutes) * 60 * (Int128)PythonTimeSpan.MicrosecondsPerSecond);
        }

        return PythonDateTime.Create(
            year, month, day, Part(match, "hour"), Part(match, "minute"), Part(match, "second"), microsecond, offset);
    }

    private static int Part(Match match, string name) =>
        match.Groups[name].Success ? int.Parse(match.Groups[name].Value, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        "^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]+|0|[1-9][0-9_]*(?::[0-5]?[0-9])*)\\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(
        "^(?:[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*)\\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex FloatPattern();

    [GeneratedRegex(
        "^(?:(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})"
        + "|(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})(?:[Tt]|[ \\t]+)(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})"
        + "(?:\\.(?<fraction>[0-9]*))?(?:[ \\t]*(?<zone>Z|[-+](?<zonehour>[0-9]{1,2})(?::(?<zoneminute>[0-9]{2}))?))?)\\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex TimestampPattern();
}
