using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Mistral.Executions.Tests.Actions.Http;

public sealed class HttpAnswerTests
{
    private const string Get = """{"url": "http://example.org/a"}""";
    private const string Follow = """{"url": "http://example.org/a", "allow_redirects": true, "auth": "u:p", "cookies": {"c": 1}}""";

    [Test]
    public async Task The_answer_has_the_shape_of_Mistral()
    {
        var server = new StubServer(_ =>
        {
            var answer = StubServer.Answer(HttpStatusCode.Created, """{"a": [1, 2.50]}""");
            answer.Headers.TryAddWithoutValidation("X-Two", ["1", "2"]);
            answer.Headers.TryAddWithoutValidation("Set-Cookie", "session=s1; Path=/");
            return answer;
        });

        var result = await HttpBench.RunAsync(server, Get);

        result.State.Should().Be(ExecutionState.Success);
        result.Value["elapsed"].AsDouble().Should().BeGreaterThanOrEqualTo(0);
        ((JsonData)result.Value.AsObject().Without("elapsed")).Should().Be(JsonData.Parse("""
            {
              "content": {"a": [1, 2.50]},
              "status": 201,
              "headers": {"X-Two": "1, 2", "Set-Cookie": "session=s1; Path=/", "Content-Type": "application/json", "Content-Length": "16"},
              "url": "http://example.org/a",
              "history": [],
              "encoding": "utf-8",
              "reason": "Created",
              "cookies": {"session": "s1"}
            }
            """));
    }

    [TestCase("plain", "text/plain", "plain", "ISO-8859-1")]
    [TestCase("{\"a\": 1}", "text/plain", "{\"a\":1}", "ISO-8859-1")]
    [TestCase("[1, NaN]", "application/json", "[1, NaN]", "utf-8")]
    [TestCase("Straße", "text/html", "Straße", "utf-8")]
    [TestCase("x", "application/octet-stream", "x", null)]
    [TestCase("x", "text/plain; charset=\"utf-8\"", "x", "utf-8")]
    [TestCase("", "application/json", "", "utf-8")]
    [TestCase("\uFEFF{\"a\": 1}", "application/json", "{\"a\":1}", "utf-8")]
    [TestCase("\"\\ud800\"", "application/json", "\"\\ud800\"", "utf-8")]
    public async Task Content_is_json_where_it_is_json_and_else_text(string content, string contentType, string expected, string? encoding)
    {
        var result = await HttpBench.RunAsync(new StubServer(_ => StubServer.Answer(HttpStatusCode.OK, content, contentType)), Get);

        var given = result.Value["content"];
        (given.Kind == JsonKind.String ? given.AsString() : given.ToString()).Should().Be(expected);
        result.Value["encoding"].Should().Be((JsonData)encoding);
    }

    [TestCase("text/plain; charset=windows-1252", "windows-1252", "€")]
    [TestCase("text/plain", "ISO-8859-1", "\u0080")]
    public async Task Text_is_read_in_the_encoding_that_the_answer_names(string contentType, string encoding, string expected)
    {
        var result = await HttpBench.RunAsync(new StubServer(_ => StubServer.Answer(HttpStatusCode.OK, [0x80], contentType)), Get);

        result.Value["content"].Should().Be((JsonData)expected);
        result.Value["encoding"].Should().Be((JsonData)encoding);
    }

    [Test]
    public async Task Content_that_is_no_text_fails_with_its_type()
    {
        var result = await HttpBench.RunAsync(new StubServer(_ => StubServer.Answer(HttpStatusCode.OK, [0x89, 0x50], "image/png")), Get);

        result.Value.AsString().Should().Contain("2 bytes of type 'image/png'").And.Contain("no text");
    }

    [TestCase(200, true)]
    [TestCase(204, true)]
    [TestCase(302, true)]
    [TestCase(307, false)]
    [TestCase(400, false)]
    [TestCase(503, false)]
    public async Task A_status_from_200_to_306_is_success_and_others_fail_with_the_same_data(int status, bool isSuccess)
    {
        var result = await HttpBench.RunAsync(new StubServer(_ => StubServer.Answer((HttpStatusCode)status, "{}")), Get);

        result.State.Should().Be(isSuccess ? ExecutionState.Success : ExecutionState.Error);
        result.Value["status"].Should().Be((JsonData)status);
        result.Value["content"].Should().Be(JsonData.EmptyObject);
    }

    [Test]
    public async Task A_request_that_cannot_be_sent_fails_with_the_cause()
    {
        var result = await HttpBench.RunAsync(new StubServer(_ => throw new HttpRequestException("no route")), Get);

        result.Should().Be(ActionResult.Error(ActionBench.Raised("Failed to send HTTP request: no route", "std.http")));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_answer_over_the_limit_fails_with_the_limit(bool saysItsLength)
    {
        var server = new StubServer(_ =>
        {
            var answer = StubServer.Answer(HttpStatusCode.OK, new string('x', 101), "text/plain");
            answer.Content = saysItsLength ? answer.Content : new UnknownLength(answer.Content);
            return answer;
        });

        (await HttpBench.RunAsync(server, Get, new() { MaximumResponseBytes = 101 })).State.Should().Be(ExecutionState.Success);
        (await HttpBench.RunAsync(server, Get, new() { MaximumResponseBytes = 100 })).Value.AsString().Should().Contain("is 100 bytes");
    }

    [TestCase("""{"url": "http://example.org"}""", 60)]
    [TestCase("""{"url": "http://example.org", "timeout": 1.5}""", 1.5)]
    public async Task A_server_that_does_not_answer_in_time_fails_the_action(string input, double seconds)
    {
        var time = new FakeTimeProvider();
        using var handler = new NeverAnswers();
        var run = HttpBench.RunAsync("std.http", input, new() { Handler = handler }, new() { Time = time });

        time.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        run.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));

        (await run).Result!.Value.AsString().Should().Contain("Failed to send HTTP request").And.Contain($"within {seconds} seconds");
    }

    [Test]
    public async Task Redirects_are_not_followed_unless_asked_for()
    {
        var server = Redirecting(302, "http://example.org/b");

        var result = await HttpBench.RunAsync(server, Get);

        result.Value["status"].Should().Be((JsonData)302);
        server.Requests.Should().ContainSingle();
    }

    [Test]
    public async Task A_redirect_that_is_followed_stands_in_the_history()
    {
        var server = Redirecting(302, "/b");

        var result = await HttpBench.RunAsync(server, Follow);

        result.Value["url"].Should().Be((JsonData)"http://example.org/b");
        result.Value["history"].AsArray().Should().ContainSingle().Which["url"].Should().Be((JsonData)"http://example.org/a");
        result.Value["history"][0]["status"].Should().Be((JsonData)302);
        server.Requests[1].Headers["Authorization"].Should().Be("Basic dTpw");
        server.Requests[1].Headers["Cookie"].Should().Be("c=1; from=a");
    }

    [Test]
    public async Task Another_server_gets_neither_password_nor_cookies()
    {
        var server = Redirecting(302, "http://example.com/b");

        await HttpBench.RunAsync(server, Follow);

        server.Requests[1].Headers.Should().NotContainKey("Authorization").And.NotContainKey("Cookie");
    }

    [TestCase(301, "POST", "GET")]
    [TestCase(301, "PUT", "PUT")]
    [TestCase(302, "PUT", "GET")]
    [TestCase(303, "DELETE", "GET")]
    [TestCase(303, "HEAD", "HEAD")]
    [TestCase(307, "POST", "POST")]
    [TestCase(308, "POST", "POST")]
    public async Task A_redirect_keeps_the_method_and_content_or_turns_into_a_get(int status, string method, string follows)
    {
        var server = Redirecting(status, "/b");

        await HttpBench.RunAsync(server, $$"""{"url": "http://example.org/a", "allow_redirects": true, "method": "{{method}}", "body": "x"}""");

        server.Requests[1].Method.Should().Be(follows);
        server.Requests[1].Content.Should().Be(follows == method ? "x" : null);
    }

    [Test]
    public async Task Redirects_without_end_fail()
    {
        var server = new StubServer(_ => To(302, "/a"));

        (await HttpBench.RunAsync(server, Follow)).Value.AsString().Should().Contain("more than 30 redirects");
        server.Requests.Should().HaveCount(31);
    }

    [Test]
    public async Task A_redirect_to_something_else_than_http_fails()
    {
        (await HttpBench.RunAsync(Redirecting(302, "file:///etc/passwd"), Follow)).Value.AsString().Should().Contain("scheme 'file'");
    }

    private static StubServer Redirecting(int status, string location) => new(request =>
        request.RequestUri!.AbsolutePath == "/a" ? To(status, location) : StubServer.Answer(HttpStatusCode.OK, "{}"));

    private static HttpResponseMessage To(int status, string location)
    {
        var answer = StubServer.Answer((HttpStatusCode)status, Encoding.UTF8.GetBytes(""), "text/plain");
        answer.Headers.Location = new Uri(location, UriKind.RelativeOrAbsolute);
        answer.Headers.TryAddWithoutValidation("Set-Cookie", "from=a");
        return answer;
    }

    private sealed class UnknownLength(HttpContent content) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => content.CopyToAsync(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class NeverAnswers : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
