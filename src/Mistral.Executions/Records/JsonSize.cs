using System.Text.Json;

namespace Mistral.Executions;

/// <summary>Holds values against what the engine can keep: their size, their depth, and that they are JSON.</summary>
internal static class JsonSize
{
    // No character takes more bytes than this when it is escaped, and no number or literal more than this in all.
    private const int LargestCharacter = 6;
    private const int LargestScalar = 32;

    /// <summary>Why a value cannot be kept, as the end of a sentence about it; <see langword="null"/> when it can.</summary>
    public static string? Fault(JsonData value, int maximumBytes)
    {
        string? fault = null;
        if (UpperBound(value, 0, ref fault) <= maximumBytes || fault is not null)
        {
            return fault;
        }

        var counter = new CountingBuffer();
        using (var writer = new Utf8JsonWriter(counter, JsonDataReader.WriterOptions))
        {
            value.WriteTo(writer);
        }

        return counter.Count <= maximumBytes ? null : $"is too large to be kept: it has {counter.Count} bytes of JSON, where the limit is {maximumBytes} bytes";
    }

    private static long UpperBound(JsonData value, int depth, ref string? fault)
    {
        if (depth > JsonDataReader.MaximumDepth)
        {
            fault = $"nests objects and arrays deeper than {JsonDataReader.MaximumDepth} levels, the limit on the depth of JSON";
            return 0;
        }

        var bound = 0L;
        switch (value.Kind)
        {
            case JsonKind.String:
                return LargestScalar + ((long)value.AsString().Length * LargestCharacter);
            case JsonKind.Array:
                foreach (var element in value.AsArray().Span)
                {
                    bound += UpperBound(element, depth + 1, ref fault);
                }

                return bound + LargestScalar;
            case JsonKind.Object:
                foreach (var (name, member) in value.AsObject().Span)
                {
                    bound += LargestScalar + ((long)name.Length * LargestCharacter) + UpperBound(member, depth + 1, ref fault);
                }

                return bound + LargestScalar;
            case JsonKind.Float when !double.IsFinite(value.AsDouble()) && value.ToString() == "null":
                fault = $"holds the number {value.AsDouble()}, which JSON does not have";
                return 0;
            case JsonKind.Float:
                return value.ToString().Length;
            case JsonKind.Integer when !value.TryGetInt64(out _):
                return LargestScalar + (value.AsInteger().GetByteCount() * 3L);
            default:
                return LargestScalar;
        }
    }
}
