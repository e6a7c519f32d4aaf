using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Mistral.Executions.Actions.Standard.Http;

/// <summary>One request with the redirects it leads to, and the answer at the end.</summary>
internal sealed class HttpExchange(HttpMessageInvoker invoker, HttpCall call, int maximumResponseBytes, TimeProvider time)
{
    private const int MaximumRedirects = 30;

    private readonly CookieContainer _cookies = new();
    private readonly List<JsonData> _history = [];

    /// <summary>Sends the request.</summary>
    /// <returns>The answer as Mistral's <c>std.http</c> gives it.</returns>
    /// <exception cref="ActionFailedException">The answer says that the request failed, or cannot be used.</exception>
    public async Task<JsonData> RunAsync(CancellationToken cancellationToken)
    {
        var (method, address, sendsContent, isTrusted) = (call.Method, call.Address, true, true);
        while (true)
        {
            using var request = CreateRequest(method, address, sendsContent, isTrusted);
            var started = time.GetTimestamp();
            using var response = await invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var elapsed = time.GetElapsedTime(started);
            var cookies = ReadCookies(response, address);
            if (RedirectOf(response, address) is not { } next)
            {
                return await ReadAsync(response, address, cookies, elapsed, cancellationToken).ConfigureAwait(false);
            }

            _history.Add(JsonMap.Create(("status", (int)response.StatusCode), ("url", address.AbsoluteUri), ("headers", HeadersOf(response))));
            if (_history.Count > MaximumRedirects)
            {
                throw new ActionFailedException($"Failed to send HTTP request: there were more than {MaximumRedirects} redirects");
            }

            isTrusted = isTrusted && IsSameServer(address, next);
            var follows = MethodAfter(response.StatusCode, method);
            sendsContent = sendsContent && follows == method;
            (method, address) = (follows, next);
        }
    }

    private Uri? RedirectOf(HttpResponseMessage response, Uri address)
    {
        if (!call.FollowsRedirects || response.Headers.Location is not { } location || (int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
        {
            return null;
        }

        var next = new Uri(address, location);
        return next.Scheme is "http" or "https"
            ? next
            : throw new ActionFailedException($"Failed to send HTTP request: a redirect led to the scheme '{next.Scheme}'");
    }

    // What clients do since the beginnings of the web, and Mistral's client too: a redirect turns most requests into GET.
    private static HttpMethod MethodAfter(HttpStatusCode status, HttpMethod method) => (int)status switch
    {
        302 or 303 when method != HttpMethod.Head => HttpMethod.Get,
        301 when method == HttpMethod.Post => HttpMethod.Get,
        _ => method,
    };

    private static bool IsSameServer(Uri from, Uri to) =>
        string.Equals(from.Host, to.Host, StringComparison.OrdinalIgnoreCase)
        && ((from.Scheme == to.Scheme && from.Port == to.Port)
            || (from.Scheme == "http" && to.Scheme == "https" && from.IsDefaultPort && to.IsDefaultPort));

    private HttpRequestMessage CreateRequest(HttpMethod method, Uri address, bool sendsContent, bool isTrusted)
    {
        var request = new HttpRequestMessage(method, address);
        if (sendsContent && call.Content is not null)
        {
            request.Content = new ByteArrayContent(call.Content);
            if (call.ContentType is not null)
            {
                request.Content.Headers.ContentType = new(call.ContentType);
            }
        }

        foreach (var (name, value) in call.Headers)
        {
            if (!isTrusted && IsSecret(name))
            {
                continue;
            }

            if (!request.Headers.TryAddWithoutValidation(name, value) && sendsContent)
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        AddUnlessGiven(request.Headers, "User-Agent", "Mistral.Executions");
        AddUnlessGiven(request.Headers, "Accept", "*/*");
        if (isTrusted && call.Authorization is not null)
        {
            request.Headers.Remove("Authorization");
            request.Headers.TryAddWithoutValidation("Authorization", call.Authorization);
        }

        AddUnlessGiven(request.Headers, "Cookie", CookieHeader(address, isTrusted));
        return request;
    }

    private static bool IsSecret(string header) =>
        header.Equals("Authorization", StringComparison.OrdinalIgnoreCase) || header.Equals("Cookie", StringComparison.OrdinalIgnoreCase);

    private static void AddUnlessGiven(HttpRequestHeaders headers, string name, string value)
    {
        if (value.Length > 0 && !headers.NonValidated.Contains(name))
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }

    private string CookieHeader(Uri address, bool isTrusted)
    {
        var received = _cookies.GetCookieHeader(address);
        IEnumerable<string> given = isTrusted ? call.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}") : [];
        return string.Join("; ", received.Length > 0 ? given.Append(received) : given);
    }

    private JsonMap ReadCookies(HttpResponseMessage response, Uri address)
    {
        if (!response.Headers.NonValidated.TryGetValues("Set-Cookie", out var lines))
        {
            return JsonMap.Empty;
        }

        var received = new CookieContainer();
        foreach (var line in lines)
        {
            try
            {
                received.SetCookies(address, line);
                _cookies.SetCookies(address, line);
            }
            catch (CookieException)
            {
                // A cookie that cannot be read is not kept, as in any browser.
            }
        }

        return JsonMap.Create(received.GetCookies(address).Select(cookie => KeyValuePair.Create<string, JsonData>(cookie.Name, cookie.Value)));
    }

    private static JsonMap HeadersOf(HttpResponseMessage response) => JsonMap.Create(
        response.Headers.NonValidated
            .Concat(response.Content.Headers.NonValidated)
            .Select(header => KeyValuePair.Create<string, JsonData>(header.Key, string.Join(", ", header.Value))));

    private async Task<JsonData> ReadAsync(HttpResponseMessage response, Uri address, JsonMap cookies, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var bytes = await ReadBytesAsync(response.Content, cancellationToken).ConfigureAwait(false);
        var (content, encoding) = HttpText.Read(bytes, response.Content.Headers);
        var status = (int)response.StatusCode;
        JsonData answer = JsonMap.Create(
            ("content", content),
            ("status", status),
            ("headers", HeadersOf(response)),
            ("url", address.AbsoluteUri),
            ("history", JsonList.Create(_history)),
            ("encoding", encoding),
            ("reason", response.ReasonPhrase),
            ("cookies", cookies),
            ("elapsed", elapsed.TotalSeconds));

        // Mistral counts redirects that were not followed as success, but only these.
        return status is >= 200 and < 307
            ? answer
            : throw new ActionFailedException(string.Create(CultureInfo.InvariantCulture, $"{call.Method} {address.Host} was answered with {status}"), answer);
    }

    private async Task<byte[]> ReadBytesAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maximumResponseBytes)
        {
            throw TooLarge($"{content.Headers.ContentLength}");
        }

        using var bytes = new MemoryStream();
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[16 * 1024];
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                bytes.Write(buffer, 0, count);
                if (bytes.Length > maximumResponseBytes)
                {
                    throw TooLarge($"more than {maximumResponseBytes}");
                }
            }
        }

        return bytes.ToArray();
    }

    private ActionFailedException TooLarge(string size) =>
        new($"The HTTP response is too large: {size} bytes, where the limit ({nameof(HttpActionOptions.MaximumResponseBytes)}) is {maximumResponseBytes} bytes");
}
