using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Python's <c>bytes</c>: what <c>encode()</c> gives. As JSON it is the text that it encodes.</summary>
internal sealed class PythonBytes(byte[] content) : PythonObject, IJinjaMembers
{
    private static readonly FrozenDictionary<string, JinjaFunction> Methods = new[]
    {
        JinjaFunction.Of("decode", "self, encoding='utf-8', errors='strict'", static (scope, a) => Decode((PythonBytes)a[0]!, JinjaText.Require(a[1]))),
        JinjaFunction.Of("hex", "self", static (scope, a) => Convert.ToHexStringLower(((PythonBytes)a[0]!).Content)),
    }.ToFrozenDictionary(static f => f.Name, StringComparer.Ordinal);

    internal override string TypeName => "bytes";

    internal override bool IsTrue => content.Length != 0;

    internal int Count => content.Length;

    internal static PythonBytes Encode(string text, string encoding, EvaluationBudget budget)
    {
        budget.Allocate(text.Length);
        try
        {
            return new(EncodingOf(encoding).GetBytes(text));
        }
        catch (EncoderFallbackException)
        {
            throw new PythonErrorException("UnicodeEncodeError", $"the text has characters that the encoding '{encoding}' lacks");
        }
    }

    internal object At(int place) => PythonOperations.Box(content[place]);

    public object? Attribute(string name, JinjaScope scope) => JinjaMembers.Method(Methods, this, name);

    internal override string Represent(EvaluationBudget budget)
    {
        budget.Allocate(content.Length);
        var quote = content.AsSpan().Contains((byte)'\'') && !content.AsSpan().Contains((byte)'"') ? '"' : '\'';
        var text = new StringBuilder("b").Append(quote);
        foreach (var value in content)
        {
            _ = value switch
            {
                (byte)'\t' => text.Append("\\t"),
                (byte)'\n' => text.Append("\\n"),
                (byte)'\r' => text.Append("\\r"),
                (byte)'\\' => text.Append("\\\\"),
                < 0x20 or >= 0x7F => text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}"),
                _ when value == quote => text.Append('\\').Append(quote),
                _ => text.Append((char)value),
            };
        }

        return text.Append(quote).ToString();
    }

    internal override bool IsEqualTo(object? other, EvaluationBudget budget) =>
        other is PythonBytes bytes && content.AsSpan().SequenceEqual(bytes.Content);

    internal override int Hash(EvaluationBudget budget)
    {
        var hash = default(HashCode);
        hash.AddBytes(content);
        return hash.ToHashCode();
    }

    internal override JsonData ToJson(EvaluationBudget budget) => Encoding.UTF8.GetString(content);

    private byte[] Content => content;

    private static string Decode(PythonBytes bytes, string encoding)
    {
        try
        {
            return EncodingOf(encoding).GetString(bytes.Content);
        }
        catch (DecoderFallbackException)
        {
            throw new PythonErrorException("UnicodeDecodeError", $"the bytes are no text in the encoding '{encoding}'");
        }
    }

    private static Encoding EncodingOf(string name) => name.ToUpperInvariant().Replace('_', '-') switch
    {
        "UTF-8" or "UTF8" or "U8" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
        "ASCII" or "US-ASCII" => Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        "LATIN-1" or "LATIN1" or "ISO-8859-1" or "ISO8859-1" =>
            Encoding.GetEncoding("iso-8859-1", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        _ => throw new PythonErrorException("LookupError", $"unknown encoding: {name}"),
    };
}
