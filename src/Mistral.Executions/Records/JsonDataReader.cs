using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mistral.Executions;

/// <summary>Reads <see cref="JsonData"/> from UTF-8 without a document in between.</summary>
internal static class JsonDataReader
{
    /// <summary>How deep arrays and objects may nest.</summary>
    internal const int MaximumDepth = 256;

    internal static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaximumDepth,
        SkipValidation = true,
    };

    internal static JsonData Parse(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = MaximumDepth });
        reader.Read();
        var value = Read(ref reader);

        // Throws when there is more after the end of the value.
        reader.Read();
        return value;
    }

    internal static JsonData Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.String => ReadText(ref reader),
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.StartArray => ReadArray(ref reader),
        JsonTokenType.StartObject => ReadObject(ref reader),
        _ => throw new JsonException($"A JSON value cannot start with {reader.TokenType}."),
    };

    private static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: the reader says so only here, and not as a JsonException.
            throw new JsonException(exception.Message, exception);
        }
    }

    private static JsonData ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var small))
        {
            return small;
        }

        var text = Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
        return text.AsSpan().ContainsAny('.', 'e', 'E')
            ? JsonData.ParseFloat(text)
            : BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    private static JsonList ReadArray(ref Utf8JsonReader reader)
    {
        var elements = new List<JsonData>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            elements.Add(Read(ref reader));
        }

        return JsonList.FromArray([.. elements]);
    }

    private static JsonMap ReadObject(ref Utf8JsonReader reader)
    {
        var members = new List<KeyValuePair<string, JsonData>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = ReadText(ref reader);
            reader.Read();
            members.Add(new(name, Read(ref reader)));
        }

        return JsonMap.FromMembers(members);
    }
}
