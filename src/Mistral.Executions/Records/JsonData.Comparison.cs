using System.Globalization;

namespace Mistral.Executions;

public readonly partial struct JsonData
{
    /// <summary>Whether one number or text comes before another. Numbers are compared by value, all digits counting; texts by their characters' codes.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    /// <exception cref="InvalidOperationException">They are neither two numbers nor two texts.</exception>
    public static bool operator <(JsonData left, JsonData right) => Compare(left, right) < 0;

    /// <summary>Whether one number or text comes after another. Numbers are compared by value, all digits counting; texts by their characters' codes.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    /// <exception cref="InvalidOperationException">They are neither two numbers nor two texts.</exception>
    public static bool operator >(JsonData left, JsonData right) => Compare(left, right) > 0;

    /// <summary>Whether one number or text comes before another or has the same value; 1 and 1.0 have, although they are not equal as JSON.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    /// <exception cref="InvalidOperationException">They are neither two numbers nor two texts.</exception>
    public static bool operator <=(JsonData left, JsonData right) => Compare(left, right) <= 0;

    /// <summary>Whether one number or text comes after another or has the same value; 1 and 1.0 have, although they are not equal as JSON.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    /// <exception cref="InvalidOperationException">They are neither two numbers nor two texts.</exception>
    public static bool operator >=(JsonData left, JsonData right) => Compare(left, right) >= 0;

    /// <summary>The order of two values; <see langword="null"/>, which every operator takes as false, when one is not a number.</summary>
    private static int? Compare(JsonData left, JsonData right) => (left._reference, right._reference) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        _ when left.TryGetInt64(out var a) && right.TryGetInt64(out var b) => a.CompareTo(b),
        _ when left.IsNumber && right.IsNumber => CompareNumbers(left, right),
        _ => throw new InvalidOperationException($"A JSON value of kind {left.Kind} cannot be compared with one of kind {right.Kind}."),
    };

    private bool IsNumber => Kind is JsonKind.Integer or JsonKind.Float;

    private bool HasDigits => _reference is System.Numerics.BigInteger or ExactFloat || ReferenceEquals(_reference, IntegerMarker) || double.IsFinite(AsDouble());

    private static int? CompareNumbers(JsonData left, JsonData right)
    {
        if (left.HasDigits && right.HasDigits)
        {
            return Digits.Of(left.ToString()).CompareTo(Digits.Of(right.ToString()));
        }

        var (a, b) = (left.AsDouble(), right.AsDouble());
        return double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b);
    }

    /// <summary>A number as its digits from the first to the last that is not 0, and the power of ten of the first.</summary>
    private readonly record struct Digits(int Sign, long Power, string Text) : IComparable<Digits>
    {
        public static Digits Of(string number)
        {
            var sign = number.StartsWith('-') ? -1 : 1;
            var exponentAt = number.AsSpan().IndexOfAny('e', 'E');
            var mantissa = number[(sign < 0 ? 1 : 0)..(exponentAt < 0 ? number.Length : exponentAt)];
            var exponent = exponentAt < 0 ? 0 : Exponent(number.AsSpan(exponentAt + 1));
            var whole = mantissa.IndexOf('.', StringComparison.Ordinal) is var dot && dot < 0 ? mantissa.Length : dot;
            var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
            var significant = digits.TrimStart('0');
            return significant.Length == 0
                ? new(0, 0, "")
                : new(sign, exponent + whole - (digits.Length - significant.Length), significant.TrimEnd('0'));
        }

        public int CompareTo(Digits other)
        {
            if (Sign != other.Sign)
            {
                return Sign.CompareTo(other.Sign);
            }

            var magnitude = Power != other.Power ? Power.CompareTo(other.Power) : string.CompareOrdinal(Text, other.Text);
            return Sign * magnitude;
        }

        // An exponent that does not fit is cut: a number that far out has no digits that could matter.
        private static long Exponent(ReadOnlySpan<char> text) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
                ? Math.Clamp(exponent, -long.MaxValue / 2, long.MaxValue / 2)
                : text[0] == '-' ? -long.MaxValue / 2 : long.MaxValue / 2;
    }
}
