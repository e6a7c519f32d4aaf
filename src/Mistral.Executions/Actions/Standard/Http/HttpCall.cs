using System.Net;
using System.Text;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Actions.Standard.Http;

/// <summary>What the input of <c>std.http</c> asks for.</summary>
internal sealed record HttpCall
{
    public static ActionParameters Parameters { get; } = ActionParameters.Of(
        ["url"],
        ["method", "params", "body", "json", "headers", "cookies", "auth", "timeout", "allow_redirects", "proxies", "verify"]);

    public required HttpMethod Method { get; init; }

    public required Uri Address { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Cookies { get; init; } = [];

    /// <summary>The value of the Authorization header.</summary>
    public string? Authorization { get; init; }

    public byte[]? Content { get; init; }

    public string? ContentType { get; init; }

    public TimeSpan? Timeout { get; init; }

    public bool FollowsRedirects { get; init; }

    public bool ChecksCertificates { get; init; } = true;

    /// <summary>Proxies by scheme.</summary>
    public IReadOnlyDictionary<string, WebProxy> Proxies { get; init; } = new Dictionary<string, WebProxy>();

    /// <summary>Reads an input whose names were checked.</summary>
    /// <exception cref="ActionFailedException">A value cannot be used.</exception>
    public static HttpCall Read(JsonMap input)
    {
        var (content, contentType) = ReadContent(input);
        var address = ReadAddress(input);
        return new()
        {
            Method = ReadMethod(input),
            Address = WithQuery(address, Value(input, "params")),
            Headers = [.. ReadTexts(input, "headers")],
            Cookies = [.. ReadTexts(input, "cookies")],
            Authorization = ReadAuthorization(input, address),
            Content = content,
            ContentType = contentType,
            Timeout = ReadTimeout(input),
            FollowsRedirects = Truth.Of(Value(input, "allow_redirects")),
            ChecksCertificates = ReadVerify(input),
            Proxies = ReadTexts(input, "proxies").ToDictionary(proxy => proxy.Key, proxy => ReadProxy(proxy.Key, proxy.Value)),
        };
    }

    /// <summary>Whether a run of that input only reads, so that it can be repeated.</summary>
    public static bool IsSafe(JsonMap input) =>
        Value(input, "method") is var method && (method.IsNull
            || (method.Kind == JsonKind.String && method.AsString().ToUpperInvariant() is "GET" or "HEAD"));

    private static JsonData Value(JsonMap input, string name) => input.TryGetValue(name, out var value) ? value : default;

    private static Uri ReadAddress(JsonMap input)
    {
        var url = input["url"];
        return url.Kind == JsonKind.String && Uri.TryCreate(url.AsString().Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw Wrong("url", "the address of an http or https resource, such as https://example.org/path", url);
    }

    private static HttpMethod ReadMethod(JsonMap input)
    {
        var method = Value(input, "method");
        try
        {
            return method.IsNull ? HttpMethod.Get : new HttpMethod(method.AsString().ToUpperInvariant());
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException)
        {
            throw Wrong("method", "the name of an HTTP method", method);
        }
    }

    // Without user and password: they go into a header, and the answer repeats the address.
    private static Uri WithQuery(Uri address, JsonData parameters)
    {
        var builder = new UriBuilder(address) { UserName = "", Password = "" };
        if (Truth.Of(parameters))
        {
            var query = parameters.Kind == JsonKind.String ? parameters.AsString() : HttpForm.Encode("params", parameters);
            builder.Query = address.Query.Length > 1 ? $"{address.Query}&{query}" : query;
        }

        return builder.Uri;
    }

    private static (byte[]? Content, string? Type) ReadContent(JsonMap input)
    {
        var body = Value(input, "body");
        var json = Value(input, "json");
        if (Truth.Of(body) && Truth.Of(json))
        {
            throw new ActionFailedException("Only one of the parameters 'json' and 'body' can be given");
        }

        return body.Kind switch
        {
            JsonKind.Object => (body.ToUtf8(), null),
            _ when !Truth.Of(body) => json.IsNull ? (null, null) : (json.ToUtf8(), "application/json"),
            JsonKind.String => (Encoding.UTF8.GetBytes(body.AsString()), null),
            JsonKind.Array => (Encoding.UTF8.GetBytes(HttpForm.Encode("body", body)), "application/x-www-form-urlencoded"),
            _ => throw Wrong("body", "a text, an object or a list of pairs", body),
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> ReadTexts(JsonMap input, string name)
    {
        var texts = Value(input, name);
        if (!Truth.Of(texts))
        {
            yield break;
        }

        if (texts.Kind != JsonKind.Object)
        {
            throw Wrong(name, "an object of texts", texts);
        }

        foreach (var (key, value) in texts.AsObject())
        {
            if (value.IsNull)
            {
                continue;
            }

            if (value.Kind is JsonKind.Object or JsonKind.Array)
            {
                throw Wrong($"{name}.{key}", "a text or a number", value);
            }

            var text = HttpForm.TextOf(value);
            if (key.Length == 0 || $"{key}{text}".AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                throw new ActionFailedException($"The parameter '{name}' has a member whose name is empty, or with a line break in its name or value");
            }

            yield return new(key, text);
        }
    }

    private static string? ReadAuthorization(JsonMap input, Uri address)
    {
        var auth = Value(input, "auth");
        if (!Truth.Of(auth))
        {
            return address.UserInfo.Length == 0 ? null : Basic(Uri.UnescapeDataString(address.UserInfo));
        }

        return auth.Kind == JsonKind.String && auth.AsString().Split(':').Length == 2
            ? Basic(auth.AsString())
            : throw new ActionFailedException("The parameter 'auth' must be a text of the form user:password");
    }

    private static string Basic(string userAndPassword) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(userAndPassword))}";

    private static TimeSpan? ReadTimeout(JsonMap input)
    {
        var timeout = Value(input, "timeout");
        return timeout.Kind switch
        {
            JsonKind.Null => null,
            JsonKind.Integer or JsonKind.Float when timeout.AsDouble() is > 0 and < int.MaxValue / 1000.0 => TimeSpan.FromSeconds(timeout.AsDouble()),
            _ => throw Wrong("timeout", "a number of seconds above 0", timeout),
        };
    }

    private static bool ReadVerify(JsonMap input)
    {
        var verify = Value(input, "verify");
        return verify.Kind switch
        {
            JsonKind.Null => true,
            JsonKind.Boolean => verify.AsBoolean(),
            _ => throw Wrong("verify", $"true or false; for certificate authorities of its own the host gives a {nameof(HttpActionOptions)}.{nameof(HttpActionOptions.Handler)}", verify),
        };
    }

    private static WebProxy ReadProxy(string scheme, string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var proxy))
        {
            throw new ActionFailedException($"The parameter 'proxies.{scheme}' must be the address of a proxy");
        }

        var user = Uri.UnescapeDataString(proxy.UserInfo).Split(':', 2);
        return new(proxy) { Credentials = user is [var name, var password] ? new NetworkCredential(name, password) : null };
    }

    private static ActionFailedException Wrong(string name, string expected, JsonData given)
    {
        var text = given.ToString();
        return new($"The parameter '{name}' must be {expected}, but is {(text.Length > 200 ? $"{text.AsSpan(0, 200)}..." : text)}");
    }

    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Method = {Method}, Host = {Address.Host}");
        return true;
    }
}
