namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>The names that the host says are those of secrets hold for workflows of the language too.</summary>
public sealed class SecretNameTests
{
    private const string Marker = "hunter2";

    [TestCase("action: std.echo output=<% int($.password) %>")]
    [TestCase("action: std.fail error_data=<% $.password %>")]
    [TestCase("action: std.echo output=1\n      wait-before: <% $.password %>")]
    [TestCase("action: std.echo output=1\n      timeout: \"{{ _.password }}\"")]
    [TestCase("action: std.echo\n      input: <% $.password %>")]
    [TestCase("action: std.echo output=1\n      on-success:\n        - fail(msg='no use for <% $.password %>')")]
    [TestCase("action: std.echo output=1\n      on-success:\n        - fail(msg='no use for {{ _.password }}')")]
    [TestCase("action: <% $.password %>")]
    [TestCase("workflow: <% $.password %>")]
    [TestCase("with-items: i in <% int($.password) %>\n      action: std.noop")]
    public async Task A_value_of_such_a_name_is_in_no_state_info(string task)
    {
        var texts = await RunAsync(task, isMarked: true);

        texts.Should().NotContain(text => text.Contains(Marker, StringComparison.Ordinal)).And.Contain(text => text.Contains("***", StringComparison.Ordinal));
        (await RunAsync(task, isMarked: false)).Count(text => text.Contains(Marker, StringComparison.Ordinal))
            .Should().Be(texts.Count(text => text.Contains("***", StringComparison.Ordinal)));
    }

    private static async Task<List<string>> RunAsync(string task, bool isMarked)
    {
        var options = new ExecutionEngineOptions(new InMemoryExecutionStore());
        if (isMarked)
        {
            options.AddSecretNames("pass*");
        }

        options.AddDocument(MistralLanguage.Read($"version: '2.0'\nwf:\n  input: [password]\n  tasks:\n    t:\n      {task}\n"));
        await using var engine = await ExecutionEngine.OpenAsync(options);
        var ended = await (await engine.StartAsync("wf", JsonMap.Create(("password", Marker)))).WaitAsync();
        var texts = new List<string> { ended.StateInfo!, ended.Output["result"].ToString() };
        await foreach (var one in engine.QueryTasksAsync())
        {
            texts.Add(one.StateInfo ?? "");
        }

        ended.State.Should().Be(ExecutionState.Error);
        return texts;
    }
}
