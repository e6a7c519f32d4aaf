using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Mistral.Executions.Actions.Standard.Http;

/// <summary>Reads the content of an answer: JSON where it is JSON, else text.</summary>
internal static class HttpText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The content, and the name of its encoding; null when the answer says nothing of one.</summary>
    /// <exception cref="ActionFailedException">The content is no text.</exception>
    public static (JsonData Content, string? Encoding) Read(byte[] bytes, HttpContentHeaders headers)
    {
        var (text, encoding) = Decode(bytes, headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : "");
        try
        {
            return (JsonData.Parse(text), encoding);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (text, encoding);
        }
    }

    private static (string Text, string? Encoding) Decode(byte[] bytes, string contentType)
    {
        var stated = MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed.CharSet?.Trim('"', '\'') : null;
        if (stated is { Length: > 0 } && EncodingOf(stated) is { } encoding)
        {
            return (WithoutMark(encoding.GetString(bytes)), stated);
        }

        var isText = contentType.Contains("text", StringComparison.OrdinalIgnoreCase);
        var isJson = contentType.Contains("application/json", StringComparison.OrdinalIgnoreCase);
        try
        {
            // Where a text names no encoding, HTTP said Latin-1 for long; what reads as more than ASCII in UTF-8 is UTF-8.
            var text = WithoutMark(StrictUtf8.GetString(bytes));
            return (text, stated ?? (isText ? (Ascii.IsValid(text) ? "ISO-8859-1" : "utf-8") : isJson ? "utf-8" : null));
        }
        catch (DecoderFallbackException) when (isText)
        {
            return (Encoding.Latin1.GetString(bytes), "ISO-8859-1");
        }
        catch (DecoderFallbackException exception)
        {
            throw new ActionFailedException($"The content of the HTTP response ({bytes.Length} bytes of type '{contentType}') is no text, and cannot be kept as JSON", exception);
        }
    }

    private static Encoding? EncodingOf(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string WithoutMark(string text) => text.StartsWith('\uFEFF') ? text[1..] : text;
}
