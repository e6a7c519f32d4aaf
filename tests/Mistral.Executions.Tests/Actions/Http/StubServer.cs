using System.Net;
using System.Text;

namespace Mistral.Executions.Tests.Actions.Http;

/// <summary>Answers requests inside the test, and keeps what was asked.</summary>
internal sealed class StubServer(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<Asked> Requests { get; } = [];

    public static HttpResponseMessage Answer(HttpStatusCode status, string content = "", string contentType = "application/json") =>
        Answer(status, Encoding.UTF8.GetBytes(content), contentType);

    public static HttpResponseMessage Answer(HttpStatusCode status, byte[] content, string contentType)
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(content) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.NonValidated.Concat(request.Content is null ? [] : request.Content.Headers.NonValidated)
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var content = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add(new(request.Method.Method, request.RequestUri!.AbsoluteUri, headers, content));
        return answer(request);
    }

    internal sealed record Asked(string Method, string Url, Dictionary<string, string> Headers, string? Content);
}
