using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Mistral.Executions.Decisions;

/// <summary>
/// Replaces the texts of secret values in a text for people. What is secret is looked for when the first text comes, for most
/// executions end without one.
/// </summary>
internal sealed class Redaction
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mask = "***";

    // Anything shorter is no secret, and stands in many a text by chance.
    private const int ShortestSecret = 4;

    private readonly SecretNames _names;
    private readonly Func<IReadOnlyList<Source>> _sources;

    // Two threads may both make it, and make the same.
    private string[]? _secrets;

    /// <param name="names">The names that the host says.</param>
    /// <param name="sources">Gives the data with secrets among them.</param>
    public Redaction(SecretNames names, Func<IReadOnlyList<Source>> sources) => (_names, _sources) = (names, sources);

    /// <summary>Nothing is secret.</summary>
    public static Redaction None { get; } = new(SecretNames.None, static () => []);

    /// <summary>The text without secrets; the same one when there are none in it.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Apply(string? text)
    {
        if (string.IsNullOrEmpty(text) || ReferenceEquals(this, None))
        {
            return text;
        }

        foreach (var secret in _secrets ??= Secrets())
        {
            text = WithoutBeginnings(text.Replace(secret, Mask, StringComparison.Ordinal), secret);
        }

        return text;
    }

    /// <summary>The exception; one that says the same without secrets when there are any in it.</summary>
    public Exception Apply(Exception exception)
    {
        if (ReferenceEquals(this, None))
        {
            return exception;
        }

        var text = exception.ToString();
        var redacted = Apply(text);
        return redacted == text ? exception : new RedactedException(redacted);
    }

    // A text that was cut off in the middle of a secret ends in its beginning.
    private static string WithoutBeginnings(string text, string secret)
    {
        for (var cut = text.IndexOf('…', StringComparison.Ordinal); cut >= 0; cut = text.IndexOf('…', cut + 1))
        {
            for (var length = Math.Min(secret.Length - 1, cut); length >= ShortestSecret; length--)
            {
                if (text.AsSpan(cut - length, length).SequenceEqual(secret.AsSpan(0, length)))
                {
                    text = $"{text.AsSpan(0, cut - length)}{Mask}{text.AsSpan(cut)}";
                    cut += Mask.Length - length;
                    break;
                }
            }
        }

        return text;
    }

    // The longest first: one secret may hold another.
    private string[] Secrets()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in _sources())
        {
            Collect(source.Data, source.Marked, source.IsSecret, found);
        }

        return [.. found.OrderByDescending(static secret => secret.Length).ThenBy(static secret => secret, StringComparer.Ordinal)];
    }

    private void Collect(JsonData data, IReadOnlyCollection<string> marked, bool isSecret, HashSet<string> found)
    {
        switch (data.Kind)
        {
            case JsonKind.Object:
                foreach (var (name, value) in data.AsObject().Span)
                {
                    Collect(value, [], isSecret || marked.Contains(name) || _names.Contains(name), found);
                }

                break;
            case JsonKind.Array:
                foreach (var element in data.AsArray())
                {
                    Collect(element, [], isSecret, found);
                }

                break;
            case JsonKind.String when isSecret:
                Add(data.AsString(), found);
                break;
            case JsonKind.Integer or JsonKind.Float when isSecret:
                Add(data.ToString(), found);
                break;
        }
    }

    // As it is, and as it stands in JSON and in the address of a request.
    private static void Add(string secret, HashSet<string> found)
    {
        if (secret.Length >= ShortestSecret)
        {
            found.Add(secret);
            found.Add(((JsonData)secret).ToString()[1..^1]);
            found.Add(JsonEncodedText.Encode(secret).ToString());
            found.Add(Uri.EscapeDataString(secret));
        }
    }

    /// <summary>Data with secrets among them.</summary>
    /// <param name="Data">The data.</param>
    /// <param name="Marked">The members of the data that are secret whatever the host's patterns say.</param>
    /// <param name="IsSecret">Whether all of it is.</param>
    public readonly record struct Source(JsonData Data, IReadOnlyCollection<string> Marked, bool IsSecret = false)
    {
        public override string ToString() => nameof(Source);
    }
}
