namespace Mistral.Executions.Cli.Tests;

/// <summary>Workflows of a file that the tool runs itself.</summary>
public sealed class RunningTests
{
    private const string Hello = """
        version: '2.0'
        hello:
          input: [name]
          output: { greeting: <% $.text %> }
          tasks:
            greet: { action: std.echo output="Hello <% $.name %>", publish: { text: <% task().result %> } }
        """;

    [Test]
    public async Task A_workflow_is_run_and_its_output_written()
    {
        await using var bench = new ToolBench();
        var file = await WriteAsync(bench, Hello);

        var ran = await bench.CallWhileTimePassesAsync("run", file, "--input", "{\"name\": \"Ann\"}");
        ran.Code.Should().Be(0);
        ran.Text.Should().Contain("✔ SUCCESS greet").And.Contain("\"greeting\": \"Hello Ann\"");
        await File.WriteAllTextAsync(bench.PathOf("input.json"), "{\"name\": \"Bob\"}");
        (await bench.CallWhileTimePassesAsync("run", file, "--input", "@" + bench.PathOf("input.json"), "--json")).Json["output"]["greeting"].Should().Be((JsonData)"Hello Bob");
        Directory.GetFiles(Path.GetDirectoryName(file)!, "*.db").Should().BeEmpty();
    }

    [Test]
    public async Task What_is_wrong_with_a_run_is_said()
    {
        await using var bench = new ToolBench();
        var file = await WriteAsync(bench, Hello);
        var fails = await WriteAsync(bench, "version: '2.0'\nfails: { tasks: { only: { action: std.fail } } }\nworks: { tasks: { only: { action: std.noop } } }\n", "two.yaml");

        (await bench.CallWhileTimePassesAsync("run", file)).Should().Match<ToolAnswer>(a => a.Code == 1 && a.Text.Contains("'name'"));
        (await bench.CallWhileTimePassesAsync("run", file, "--input", "[1]")).Code.Should().Be(2);
        (await bench.CallWhileTimePassesAsync("run", file, "--input", "{")).Code.Should().Be(2);
        (await bench.CallWhileTimePassesAsync("run", fails)).Should().Match<ToolAnswer>(a => a.Code == 2 && a.Text.Contains("fails, works"));
        (await bench.CallWhileTimePassesAsync("run", fails, "--workflow", "none")).Code.Should().Be(2);
        (await bench.CallWhileTimePassesAsync("run", fails, "--workflow", "fails")).Should().Match<ToolAnswer>(a => a.Code == 1 && a.Text.Contains("✘ ERROR fails"));
        (await bench.CallWhileTimePassesAsync("run", bench.PathOf("none.yaml"))).Code.Should().Be(1);
    }

    [Test]
    public async Task A_run_on_a_store_is_kept_and_the_same_again_gives_what_is_there()
    {
        await using var bench = new ToolBench();
        var file = await WriteAsync(bench, Hello);
        string[] call = ["run", file, "--input", "{\"name\": \"Ann\"}", "--id", "ann", "--store", bench.Store, "--json"];

        var first = (await bench.CallWhileTimePassesAsync(call)).Json;
        var second = (await bench.CallWhileTimePassesAsync(call)).Json;

        second.Should().Be(first);
        (await bench.CallAsync("list", "--json")).Json.AsArray().Should().ContainSingle();
    }

    [Test]
    public async Task A_run_takes_nothing_over_from_an_application_that_does_not_run()
    {
        await using var bench = new ToolBench();
        var file = await WriteAsync(bench, Hello);
        var engine = await bench.OpenAsync();
        await engine.StartAsync("waits", null, new() { Id = "one" });
        await bench.CloseAsync();

        var refused = await bench.CallWhileTimePassesAsync("run", file, "--input", "{\"name\": \"Ann\"}", "--store", bench.Store);

        refused.Code.Should().Be(2);
        refused.Text.Should().Contain("'one'").And.Contain("'waits'");
        (await bench.CallAsync("list", "--json")).Json.AsArray().Should().ContainSingle();
    }

    private static async Task<string> WriteAsync(ToolBench bench, string text, string name = "hello.yaml")
    {
        await File.WriteAllTextAsync(bench.PathOf(name), text);
        return bench.PathOf(name);
    }
}
