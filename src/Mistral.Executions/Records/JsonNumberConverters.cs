using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mistral.Executions;

/// <summary>Reads and writes integers of any size, which System.Text.Json does not know.</summary>
internal sealed class BigIntegerConverter : JsonConverter<BigInteger>
{
    public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonDataReader.Read(ref reader) is { Kind: JsonKind.Integer } value ? value.AsInteger() : throw new JsonException("The JSON value is no integer.");

    public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
}

/// <summary>Writes a double so that it stays a float: 1 as <c>1.0</c>.</summary>
internal sealed class DoubleConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        JsonNumbers.RequireFinite(double.IsFinite(value));
        writer.WriteRawValue(JsonData.FloatText(value), skipInputValidation: true);
    }
}

/// <summary>Writes a float so that it stays a float: 1 as <c>1.0</c>.</summary>
internal sealed class SingleConverter : JsonConverter<float>
{
    public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetSingle();

    public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options)
    {
        JsonNumbers.RequireFinite(float.IsFinite(value));
        writer.WriteRawValue(JsonNumbers.AsFloat(value.ToString("R", CultureInfo.InvariantCulture)), skipInputValidation: true);
    }
}

/// <summary>Writes a decimal so that it stays a float: 1 as <c>1.0</c>.</summary>
internal sealed class DecimalConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteRawValue(JsonNumbers.AsFloat(value.ToString(CultureInfo.InvariantCulture)), skipInputValidation: true);
}

/// <summary>How numbers are written.</summary>
internal static class JsonNumbers
{
    public static string AsFloat(string text) => text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";

    public static void RequireFinite(bool isFinite)
    {
        if (!isFinite)
        {
            throw new JsonException("Infinity and NaN have no JSON form.");
        }
    }
}
