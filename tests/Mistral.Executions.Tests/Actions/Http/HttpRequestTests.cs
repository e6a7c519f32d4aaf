using System.Net;
using Mistral.Executions.Actions;
using Mistral.Executions.Actions.Standard.Http;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Tests.Actions.Http;

public sealed class HttpRequestTests
{
    [Test]
    public async Task Without_more_than_an_address_it_is_a_get()
    {
        var asked = await AskedOf("""{"url": "https://example.org/path?a=1"}""");

        asked.Method.Should().Be("GET");
        asked.Url.Should().Be("https://example.org/path?a=1");
        asked.Content.Should().BeNull();
        asked.Headers.Should().BeEquivalentTo(new Dictionary<string, string> { ["User-Agent"] = "Mistral.Executions", ["Accept"] = "*/*" });
    }

    [TestCase("""{"b": "x y&ä", "n": 1, "t": true, "none": null, "many": [1, "2"]}""", "a=1&b=x+y%26%C3%A4&n=1&t=True&many=1&many=2")]
    [TestCase("""[["b", 1], ["b", 2]]""", "a=1&b=1&b=2")]
    [TestCase("\"b=2\"", "a=1&b=2")]
    [TestCase("{}", "a=1")]
    public async Task Params_go_into_the_query(string parameters, string query) =>
        (await AskedOf($$"""{"url": "http://example.org/?a=1", "params": {{parameters}}}""")).Url.Should().Be($"http://example.org/?{query}");

    [TestCase("""{"a": [1, "ä"]}""", """{"a":[1,"ä"]}""", null)]
    [TestCase("\"plain text\"", "plain text", null)]
    [TestCase("""[["a", 1], ["b", "x y"]]""", "a=1&b=x+y", "application/x-www-form-urlencoded")]
    public async Task A_body_is_sent_as_it_is_and_an_object_as_json(string body, string content, string? contentType)
    {
        var asked = await AskedOf($$"""{"url": "http://example.org/", "method": "post", "body": {{body}}}""");

        asked.Method.Should().Be("POST");
        asked.Content.Should().Be(content);
        asked.Headers.GetValueOrDefault("Content-Type").Should().Be(contentType);
    }

    [Test]
    public async Task Json_is_sent_with_its_content_type()
    {
        var asked = await AskedOf("""{"url": "http://example.org/", "method": "PUT", "json": [1, 2.5]}""");

        asked.Content.Should().Be("[1,2.5]");
        asked.Headers["Content-Type"].Should().Be("application/json");
    }

    [Test]
    public async Task Headers_are_texts_or_numbers_and_go_before_those_of_the_library()
    {
        var asked = await AskedOf("""
            {"url": "http://example.org/", "method": "POST", "body": "x",
             "headers": {"X-Count": 3, "X-None": null, "User-Agent": "mine", "Content-Type": "text/csv"}}
            """);

        asked.Headers["X-Count"].Should().Be("3");
        asked.Headers["User-Agent"].Should().Be("mine");
        asked.Headers["Content-Type"].Should().Be("text/csv");
        asked.Headers.Should().NotContainKey("X-None");
    }

    [Test]
    public async Task Cookies_and_basic_authentication_are_headers()
    {
        var asked = await AskedOf("""{"url": "http://example.org/", "cookies": {"a": "1", "b": 2}, "auth": "librarian:password123"}""");

        asked.Headers["Cookie"].Should().Be("a=1; b=2");
        asked.Headers["Authorization"].Should().Be("Basic bGlicmFyaWFuOnBhc3N3b3JkMTIz");
    }

    [Test]
    public async Task User_and_password_in_the_address_become_a_header_and_leave_the_address()
    {
        var asked = await AskedOf("""{"url": "http://librarian:pass%77ord123@example.org/"}""");

        asked.Url.Should().Be("http://example.org/");
        asked.Headers["Authorization"].Should().Be("Basic bGlicmFyaWFuOnBhc3N3b3JkMTIz");
    }

    [TestCase("""{"url": "Hello, "}""", "'url' must be the address")]
    [TestCase("""{"url": "ftp://example.org/"}""", "'url' must be the address")]
    [TestCase("""{"url": "file:///etc/passwd"}""", "'url' must be the address")]
    [TestCase("""{"url": 3}""", "'url' must be the address")]
    [TestCase("""{"url": "http://example.org", "method": "G T"}""", "'method' must be")]
    [TestCase("""{"url": "http://example.org", "method": 1}""", "'method' must be")]
    [TestCase("""{"url": "http://example.org", "body": "x", "json": [1]}""", "Only one of the parameters")]
    [TestCase("""{"url": "http://example.org", "body": 5}""", "'body' must be")]
    [TestCase("""{"url": "http://example.org", "body": [1]}""", "'body' must be")]
    [TestCase("""{"url": "http://example.org", "params": 5}""", "'params' must be")]
    [TestCase("""{"url": "http://example.org", "headers": "x"}""", "'headers' must be")]
    [TestCase("""{"url": "http://example.org", "headers": {"a": []}}""", "'headers.a' must be")]
    [TestCase("""{"url": "http://example.org", "headers": {"a": "x\r\nb: y"}}""", "'headers' has a member")]
    [TestCase("""{"url": "http://example.org", "auth": "token"}""", "'auth' must be")]
    [TestCase("""{"url": "http://example.org", "timeout": 0}""", "'timeout' must be")]
    [TestCase("""{"url": "http://example.org", "timeout": "soon"}""", "'timeout' must be")]
    [TestCase("""{"url": "http://example.org", "verify": "/ca.pem"}""", "'verify' must be")]
    [TestCase("""{"url": "http://example.org", "verify": false}""", "handler of its own")]
    [TestCase("""{"url": "http://example.org", "proxies": {"http": "http://p:1"}}""", "handler of its own")]
    [TestCase("""{"url": "http://example.org", "proxies": {"http": "p"}}""", "'proxies.http' must be")]
    public async Task What_cannot_be_sent_fails_before_anything_is_sent(string input, string reason)
    {
        var server = new StubServer(_ => StubServer.Answer(HttpStatusCode.OK));

        var result = await HttpBench.RunAsync(server, input);

        result.State.Should().Be(ExecutionState.Error);
        result.Value.AsString().Should().Contain(reason);
        server.Requests.Should().BeEmpty();
    }

    [Test]
    public void The_parameters_are_those_of_Mistral()
    {
        HttpCall.Parameters.Check("std.http", ActionBench.Input(("metod", "GET"))).Should().Contain("missing 'url'; unexpected 'metod'");
    }

    [TestCase("{}", true)]
    [TestCase("""{"method": "GET"}""", true)]
    [TestCase("""{"method": "head"}""", true)]
    [TestCase("""{"method": "POST"}""", false)]
    [TestCase("""{"method": "DELETE"}""", false)]
    [TestCase("""{"method": 5}""", false)]
    public void Only_requests_that_read_are_safe_to_rerun(string input, bool isSafe)
    {
        using var actions = new HttpActions(new());

        actions.Descriptors.Should().OnlyContain(action => action.IsSafeToRerun(JsonData.Parse(input).AsObject()) == isSafe);
    }

    [Test]
    public async Task Mistral_http_sends_the_ids_of_its_execution_and_leaves_the_result_to_the_other_side()
    {
        var server = new StubServer(_ => StubServer.Answer(HttpStatusCode.Accepted));
        using var actions = new HttpActions(new() { Handler = server });
        var action = actions.Descriptors.Single(descriptor => descriptor.Name == "std.mistral_http");
        var bench = new ActionBench
        {
            Execution = new() { Id = "a1", Name = "std.mistral_http", TaskExecutionId = "t1", WorkflowExecutionId = "w1" },
            WorkflowName = "book.order",
        };

        var run = await bench.RunAsync(action, ActionBench.Input(("url", "http://example.org"), ("headers", ActionBench.Input(("mistral-task-id", "forged")))));

        action.ModeFor(JsonMap.Empty).Should().Be(ActionMode.Outside);
        run.Should().Be(ActionRun.Started);
        server.Requests.Single().Headers.Where(header => header.Key.StartsWith("Mistral", StringComparison.Ordinal)).Should().BeEquivalentTo(
        [
            KeyValuePair.Create("Mistral-Workflow-Name", "book.order"),
            KeyValuePair.Create("Mistral-Workflow-Execution-Id", "w1"),
            KeyValuePair.Create("Mistral-Task-Id", "t1"),
            KeyValuePair.Create("Mistral-Action-Execution-Id", "a1"),
            KeyValuePair.Create("Mistral-Callback-URL", "/v2/action_executions/a1"),
        ]);
    }

    [Test]
    public async Task Mistral_http_fails_at_once_when_the_request_does()
    {
        var server = new StubServer(_ => StubServer.Answer(HttpStatusCode.NotFound));

        var run = await HttpBench.RunAsync("std.mistral_http", """{"url": "http://example.org"}""", new() { Handler = server });

        run.Result!.State.Should().Be(ExecutionState.Error);
        run.Result.Value["status"].Should().Be((JsonData)404);
    }

    private static async Task<StubServer.Asked> AskedOf(string input)
    {
        var server = new StubServer(_ => StubServer.Answer(HttpStatusCode.OK));
        (await HttpBench.RunAsync(server, input)).State.Should().Be(ExecutionState.Success);
        return server.Requests.Single();
    }
}
