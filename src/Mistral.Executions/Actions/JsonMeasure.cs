using System.Text.Json;

namespace Mistral.Executions.Actions;

/// <summary>Holds results against what the engine can keep: their size, their depth, and that they are JSON.</summary>
internal static class JsonMeasure
{
    // No character takes more bytes than this when it is escaped, and no number or literal more than this in all.
    private const int LargestCharacter = 6;
    private const int LargestScalar = 32;

    /// <summary>The value itself.</summary>
    /// <exception cref="ActionFailedException">It is larger or deeper than allowed, or holds a number that JSON has not.</exception>
    public static JsonData Checked(JsonData value, int maximumBytes)
    {
        if (UpperBound(value, 0) <= maximumBytes)
        {
            return value;
        }

        var counter = new CountingBuffer();
        using (var writer = new Utf8JsonWriter(counter, JsonDataReader.WriterOptions))
        {
            value.WriteTo(writer);
        }

        return counter.Count <= maximumBytes ? value : throw TooLarge($"{counter.Count}", maximumBytes);
    }

    public static ActionFailedException TooLarge(string size, int maximumBytes) =>
        new($"The result is too large to be kept: {size} bytes of JSON, where the limit on the output of an action is {maximumBytes} bytes. Keep the data elsewhere and return where they are.");

    private static long UpperBound(JsonData value, int depth)
    {
        if (depth > JsonDataReader.MaximumDepth)
        {
            throw new ActionFailedException($"The result nests objects and arrays deeper than {JsonDataReader.MaximumDepth} levels, the limit on the depth of JSON.");
        }

        var bound = 0L;
        switch (value.Kind)
        {
            case JsonKind.String:
                return LargestScalar + ((long)value.AsString().Length * LargestCharacter);
            case JsonKind.Array:
                foreach (var element in value.AsArray().Span)
                {
                    bound += UpperBound(element, depth + 1);
                }

                return bound + LargestScalar;
            case JsonKind.Object:
                foreach (var (name, member) in value.AsObject().Span)
                {
                    bound += LargestScalar + ((long)name.Length * LargestCharacter) + UpperBound(member, depth + 1);
                }

                return bound + LargestScalar;
            case JsonKind.Float when !double.IsFinite(value.AsDouble()) && value.ToString() == "null":
                throw new ActionFailedException($"The result holds the number {value.AsDouble()}, which JSON does not have.");
            case JsonKind.Float:
                return value.ToString().Length;
            case JsonKind.Integer when !value.TryGetInt64(out _):
                return LargestScalar + value.AsInteger().GetByteCount() * 3L;
            default:
                return LargestScalar;
        }
    }
}
