using System.Globalization;
using System.Numerics;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Filters that give numbers, or show them.</summary>
internal static class NumberFilters
{
    private static readonly string[] DecimalUnits = ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
    private static readonly string[] BinaryUnits = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

    internal static IEnumerable<JinjaFunction> All { get; } =
    [
        JinjaFunction.Of("abs", "x, /", static (_, a) =>
        {
            JinjaOperators.RequireDefined(a[0]);
            return PythonOperations.Absolute(a[0]);
        }),
        JinjaFunction.Of("int", "value, default=0, base=10", ToInteger),
        JinjaFunction.Of("float", "value, default=0.0", ToFloat),
        JinjaFunction.Of("round", "value, precision=0, method='common'", Round),
        JinjaFunction.Of("filesizeformat", "value, binary=False", FormatSize),
    ];

    private static object? ToInteger(JinjaScope scope, object?[] arguments)
    {
        JinjaOperators.RequireDefined(arguments[0]);
        var value = JinjaText.Plain(arguments[0]);
        if (value is string text)
        {
            return ParseInteger(text, arguments[2], scope.Budget)
                ?? (PythonOperations.TryParseFloat(text, scope.Budget) is { } number && !double.IsNaN(number) ? PythonOperations.Truncate(number) : arguments[1]);
        }

        return !PythonOperations.IsNumber(value) || value is double.NaN ? arguments[1] : PythonOperations.ToInteger(value, scope.Budget);
    }

    private static object? ParseInteger(string text, object? radix, EvaluationBudget budget)
    {
        if (!PythonOperations.IsInteger(radix))
        {
            return null;
        }

        var number = PythonOperations.ToIndex(radix!);
        return number switch
        {
            0 => ParsePrefixed(text, budget),
            >= 2 and <= 36 => PythonOperations.TryParseInteger(text, number, budget),
            _ => null,
        };
    }

    /// <summary>An integer as a literal is written, whose prefix says the base.</summary>
    private static object? ParsePrefixed(string text, EvaluationBudget budget)
    {
        var digits = PythonText.Strip(text, null).TrimStart('+', '-');
        var radix = digits.Length > 1 && digits[0] == '0'
            ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 10 }
            : 10;
        return radix == 10 && digits.Length > 1 && digits[0] == '0' && digits.Trim('0', '_').Length > 0
            ? null
            : PythonOperations.TryParseInteger(text, radix, budget);
    }

    private static object? ToFloat(JinjaScope scope, object?[] arguments)
    {
        JinjaOperators.RequireDefined(arguments[0]);
        return JinjaText.Plain(arguments[0]) switch
        {
            string text => PythonOperations.TryParseFloat(text, scope.Budget) ?? arguments[1],
            var value when PythonOperations.IsNumber(value) => PythonOperations.ToDouble(value!),
            _ => arguments[1],
        };
    }

    private static object? Round(JinjaScope scope, object?[] arguments)
    {
        var method = JinjaText.TryGet(arguments[2]);
        if (method is not ("common" or "ceil" or "floor"))
        {
            throw new PythonErrorException("FilterArgumentError", "method must be common, ceil or floor");
        }

        JinjaOperators.RequireDefined(arguments[0]);
        var (value, precision) = (arguments[0], arguments[1]);
        if (method == "common")
        {
            return PythonOperations.IsNumber(value)
                ? RoundHalfEven(value!, precision, scope.Budget)
                : throw PythonErrorException.Type($"type {PythonOperations.TypeName(value)} doesn't define __round__ method");
        }

        var unit = PythonOperations.Power(PythonOperations.Box(10), precision, scope.Budget);
        var scaled = JinjaOperators.Multiply(value, unit, scope.Budget);
        var whole = scaled switch
        {
            double number => PythonOperations.Truncate(method == "ceil" ? Math.Ceiling(number) : Math.Floor(number)),
            long or BigInteger => scaled,
            _ => throw PythonErrorException.Type($"must be real number, not {PythonOperations.TypeName(scaled)}"),
        };
        return PythonOperations.TrueDivide(whole, unit);
    }

    private static object? RoundHalfEven(object value, object? precision, EvaluationBudget budget)
    {
        if (precision is null)
        {
            return value is double number ? PythonOperations.Truncate(Math.Round(number, MidpointRounding.ToEven)) : PythonOperations.Plus(value);
        }

        return PythonOperations.IsInteger(precision)
            ? PythonOperations.Round(value, precision, budget)
            : throw JinjaText.Mismatch(precision, "an integer");
    }

    private static object? FormatSize(JinjaScope scope, object?[] arguments)
    {
        JinjaOperators.RequireDefined(arguments[0]);
        var isBinary = PythonOperations.IsTrue(arguments[1]);
        var size = PythonOperations.ToFloat(JinjaText.Plain(arguments[0]), scope.Budget);
        var (step, units) = isBinary ? (1024.0, BinaryUnits) : (1000.0, DecimalUnits);
        if (size == 1)
        {
            return "1 Byte";
        }

        if (size < step)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{PythonOperations.Truncate(size)} Bytes");
        }

        var place = 0;
        var unit = step * step;
        while (size >= unit && place < units.Length - 1)
        {
            unit *= step;
            place++;
        }

        return $"{FormatSpecification.Format(step * size / unit, ".1f", scope.Budget)} {units[place]}";
    }
}
