using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mistral.Executions;

/// <summary>
/// An immutable JSON value: what executions take as input, give as output and publish. Integers are of any size and
/// keep apart from floats, as in Python; a float keeps all digits that count, also those that a double has no room for.
/// </summary>
/// <remarks><c>default(JsonData)</c> is JSON <c>null</c>. Values can be shared between threads freely.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(JsonDataConverter))]
public readonly partial struct JsonData : IEquatable<JsonData>
{
    // The reference says what the value is: a marker object for booleans and small numbers, whose bits are in _bits;
    // a BigInteger or ExactFloat for numbers that do not fit; a string, JsonList or JsonMap otherwise; null for null.
    private static readonly object BooleanMarker = new();
    private static readonly object IntegerMarker = new();
    private static readonly object FloatMarker = new();

    private readonly object? _reference;
    private readonly long _bits;

    private JsonData(object? reference, long bits)
    {
        _reference = reference;
        _bits = bits;
    }

    /// <summary>JSON <c>null</c>.</summary>
    public static JsonData Null => default;

    /// <summary>An object without members.</summary>
    public static JsonData EmptyObject => new(JsonMap.Empty, 0);

    /// <summary>An array without elements.</summary>
    public static JsonData EmptyArray => new(JsonList.Empty, 0);

    /// <summary>The kind of this value.</summary>
    public JsonKind Kind => _reference switch
    {
        null => JsonKind.Null,
        string => JsonKind.String,
        JsonMap => JsonKind.Object,
        JsonList => JsonKind.Array,
        _ when ReferenceEquals(_reference, IntegerMarker) => JsonKind.Integer,
        _ when ReferenceEquals(_reference, BooleanMarker) => JsonKind.Boolean,
        BigInteger => JsonKind.Integer,
        _ => JsonKind.Float,
    };

    /// <summary>Whether this value is JSON <c>null</c>.</summary>
    public bool IsNull => _reference is null;

    /// <summary>The member of that name; JSON <c>null</c> when this is no object or has no such member.</summary>
    /// <param name="name">The name of the member.</param>
    public JsonData this[string name] => _reference is JsonMap map && map.TryGetValue(name, out var value) ? value : default;

    /// <summary>The element at that place of an array.</summary>
    /// <param name="index">The place, from zero.</param>
    /// <exception cref="InvalidOperationException">This is no array.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public JsonData this[int index] => AsArray()[index];

    /// <summary>A JSON text value.</summary>
    /// <param name="value">The text; <see langword="null"/> gives JSON <c>null</c>.</param>
    public static implicit operator JsonData(string? value) => new(value, 0);

    /// <summary>A JSON boolean.</summary>
    /// <param name="value">The boolean.</param>
    public static implicit operator JsonData(bool value) => new(BooleanMarker, value ? 1 : 0);

    /// <summary>A JSON integer.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator JsonData(int value) => new(IntegerMarker, value);

    /// <summary>A JSON integer.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator JsonData(long value) => new(IntegerMarker, value);

    /// <summary>A JSON integer of any size.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator JsonData(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? new(IntegerMarker, (long)value) : new(value, 0);

    /// <summary>A JSON float.</summary>
    /// <param name="value">The number. Infinities and NaN have no JSON form: they are written as <c>null</c>.</param>
    public static implicit operator JsonData(double value) => new(FloatMarker, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A JSON float with all digits of the decimal.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator JsonData(decimal value) =>
        ParseFloat(value.ToString(CultureInfo.InvariantCulture) is var text && text.Contains('.', StringComparison.Ordinal) ? text : text + ".0");

    /// <summary>A JSON object.</summary>
    /// <param name="value">The object; <see langword="null"/> gives JSON <c>null</c>.</param>
    public static implicit operator JsonData(JsonMap? value) => new(value, 0);

    /// <summary>A JSON array.</summary>
    /// <param name="value">The array; <see langword="null"/> gives JSON <c>null</c>.</param>
    public static implicit operator JsonData(JsonList? value) => new(value, 0);

    /// <summary>Whether two values are the same JSON, member order apart.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(JsonData left, JsonData right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(JsonData left, JsonData right) => !left.Equals(right);

    /// <summary>Reads a JSON text.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static JsonData Parse([StringSyntax(StringSyntaxAttribute.Json)] string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Reads JSON from UTF-8.</summary>
    /// <param name="utf8Json">The bytes.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    public static JsonData Parse(ReadOnlySpan<byte> utf8Json) => JsonDataReader.Parse(utf8Json);

    /// <summary>The number as an integer.</summary>
    /// <returns>The integer.</returns>
    /// <exception cref="InvalidOperationException">This is no integer.</exception>
    public BigInteger AsInteger() => _reference switch
    {
        _ when ReferenceEquals(_reference, IntegerMarker) => _bits,
        BigInteger big => big,
        _ => throw WrongKind(JsonKind.Integer),
    };

    /// <summary>Whether this is an integer that fits 64 bits.</summary>
    /// <param name="value">The integer.</param>
    /// <returns><see langword="true"/> when it does.</returns>
    public bool TryGetInt64(out long value)
    {
        value = _bits;
        return ReferenceEquals(_reference, IntegerMarker);
    }

    /// <summary>The number as a double; an integer is converted, with loss above 53 bits.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidOperationException">This is no number.</exception>
    public double AsDouble() => _reference switch
    {
        _ when ReferenceEquals(_reference, FloatMarker) => BitConverter.Int64BitsToDouble(_bits),
        _ when ReferenceEquals(_reference, IntegerMarker) => _bits,
        ExactFloat => BitConverter.Int64BitsToDouble(_bits),
        BigInteger big => (double)big,
        _ => throw WrongKind(JsonKind.Float),
    };

    /// <summary>The boolean.</summary>
    /// <returns>The boolean.</returns>
    /// <exception cref="InvalidOperationException">This is no boolean.</exception>
    public bool AsBoolean() => ReferenceEquals(_reference, BooleanMarker) ? _bits != 0 : throw WrongKind(JsonKind.Boolean);

    /// <summary>The text.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidOperationException">This is no text.</exception>
    public string AsString() => _reference as string ?? throw WrongKind(JsonKind.String);

    /// <summary>The object.</summary>
    /// <returns>The object.</returns>
    /// <exception cref="InvalidOperationException">This is no object.</exception>
    public JsonMap AsObject() => _reference as JsonMap ?? throw WrongKind(JsonKind.Object);

    /// <summary>The array.</summary>
    /// <returns>The array.</returns>
    /// <exception cref="InvalidOperationException">This is no array.</exception>
    public JsonList AsArray() => _reference as JsonList ?? throw WrongKind(JsonKind.Array);

    /// <summary>Writes the value.</summary>
    /// <param name="writer">Takes the value.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (_reference)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case JsonMap map:
                map.WriteTo(writer);
                break;
            case JsonList list:
                list.WriteTo(writer);
                break;
            case BigInteger big:
                writer.WriteRawValue(big.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case ExactFloat exact:
                writer.WriteRawValue(exact.Text, skipInputValidation: true);
                break;
            case var marker when ReferenceEquals(marker, IntegerMarker):
                writer.WriteNumberValue(_bits);
                break;
            case var marker when ReferenceEquals(marker, BooleanMarker):
                writer.WriteBooleanValue(_bits != 0);
                break;
            default:
                writer.WriteRawValue(FloatText(BitConverter.Int64BitsToDouble(_bits)), skipInputValidation: true);
                break;
        }
    }

    /// <summary>The value as UTF-8 JSON without white space.</summary>
    /// <returns>New bytes.</returns>
    public byte[] ToUtf8()
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, JsonDataReader.WriterOptions))
        {
            WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The value as JSON text without white space.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Encoding.UTF8.GetString(ToUtf8());

    /// <inheritdoc/>
    public bool Equals(JsonData other) => (_reference, other._reference) switch
    {
        (null, null) => true,
        (string left, string right) => string.Equals(left, right, StringComparison.Ordinal),
        (JsonMap left, JsonMap right) => left.Equals(right),
        (JsonList left, JsonList right) => left.Equals(right),
        (BigInteger left, BigInteger right) => left == right,
        (ExactFloat left, ExactFloat right) => string.Equals(left.Text, right.Text, StringComparison.Ordinal),
        _ => ReferenceEquals(_reference, other._reference) && _bits == other._bits,
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JsonData other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _reference switch
    {
        null => 0,
        string text => string.GetHashCode(text, StringComparison.Ordinal),
        JsonMap map => map.GetHashCode(),
        JsonList list => list.GetHashCode(),
        BigInteger big => big.GetHashCode(),
        _ => _bits.GetHashCode(),
    };

    /// <summary>The float written as <paramref name="text"/>, whose digits are kept when a double cannot.</summary>
    internal static JsonData ParseFloat(string text)
    {
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) && KeepsDigits(value, text)
            ? value
            : new JsonData(new ExactFloat(text), BitConverter.DoubleToInt64Bits(value));
    }

    // A double keeps 15 digits, unless it is so near to 0 that it has lost some.
    private static bool KeepsDigits(double value, string text) =>
        FloatText(value) == text ||
        (text.Length <= 16 && (double.IsNormal(value) || (value == 0 && Digits.Of(text).Sign == 0)));

    internal static string FloatText(double value)
    {
        if (!double.IsFinite(value))
        {
            return "null";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private InvalidOperationException WrongKind(JsonKind wanted) =>
        new($"The JSON value is of kind {Kind}, not {wanted}.");

    private sealed record ExactFloat(string Text);
}
