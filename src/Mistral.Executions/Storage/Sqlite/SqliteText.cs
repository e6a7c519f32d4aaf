using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Mistral.Executions;

/// <summary>
/// How a text stands in a column. A UUID in its usual form is a BLOB of 16 bytes, so that keys are narrow and UUIDv7
/// sort by time; any other text is TEXT. What TEXT cannot hold (U+0000, half a surrogate pair) is a BLOB of a zero byte
/// and UTF-16, whose length is odd. No two texts look the same, and each comes back as it was.
/// </summary>
internal static class SqliteText
{
    private const int UuidLength = 36;

    /// <summary>The value as a parameter: text, bytes or <see langword="null"/>.</summary>
    public static object? ToParameter(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var bytes = new byte[Math.Max(16, MaximumSize(text))];
        var size = Encode(text, bytes, out var isBlob);
        return isBlob ? bytes[..size] : text;
    }

    /// <summary>The text of a column's value.</summary>
    public static string? FromValue(object? value) => value switch
    {
        null or DBNull => null,
        string text => text,
        byte[] { Length: 16 } uuid => new Guid(uuid, bigEndian: true).ToString(),
        byte[] utf16 => new string(MemoryMarshal.Cast<byte, char>(utf16.AsSpan(1))),
        _ => throw new StoreException(CommitRefusal.Failed, $"A text of the store is a {value.GetType().Name}: the file is damaged or was changed by hand."),
    };

    /// <summary>How many bytes <see cref="Encode"/> can need.</summary>
    public static int MaximumSize(string text) => Math.Max(16, (text.Length * 3) + 1);

    /// <summary>Writes the value's bytes: UTF-8 of a TEXT, or a BLOB.</summary>
    /// <returns>How many bytes there are.</returns>
    public static int Encode(string text, Span<byte> destination, out bool isBlob)
    {
        if (TryReadUuid(text, out var uuid))
        {
            isBlob = true;
            uuid.TryWriteBytes(destination, bigEndian: true, out var size);
            return size;
        }

        var status = Utf8.FromUtf16(text, destination, out _, out var written, replaceInvalidSequences: false);
        isBlob = status != OperationStatus.Done || destination[..written].Contains((byte)0);
        if (!isBlob)
        {
            return written;
        }

        var utf16 = MemoryMarshal.AsBytes(text.AsSpan());
        destination[0] = 0;
        utf16.CopyTo(destination[1..]);
        return utf16.Length + 1;
    }

    private static bool TryReadUuid(string text, out Guid uuid)
    {
        uuid = default;
        return text.Length == UuidLength
            && IsLowerCase(text)
            && Guid.TryParseExact(text, "D", out uuid);
    }

    private static bool IsLowerCase(string text)
    {
        foreach (var character in text)
        {
            if (char.IsAsciiLetterUpper(character))
            {
                return false;
            }
        }

        return true;
    }
}
