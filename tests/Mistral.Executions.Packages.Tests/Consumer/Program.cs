using System.Text.Json.Serialization;
using Mistral.Executions;
using Mistral.Executions.Language;

// Everything a step goes through, on a file, without reflection: it is to run trimmed and compiled ahead of time, too.
const string Document = """
    version: '2.0'
    shout:
      input: [text]
      output: { result: <% $.loud %>, length: "{{ _.text | length }}" }
      tasks:
        upper:
          action: text.upper text=<% $.text %>
          publish: { loud: <% task().result.text + '!' %> }
    """;

var greet = new WorkflowBuilder("greet")
    .Input("name")
    .Task("say", t => t
        .Action("text.upper")
        .Input(c => JsonMap.Create(("text", c["name"])))
        .Publish("greeting", c => c.Result()))
    .Output("greeting", c => c["greeting"])
    .Build();

var path = Path.Combine(Path.GetTempPath(), $"consumer-{Environment.ProcessId}.db");
await using (var engine = await ExecutionEngine.OpenAsync(path, e => e
    .AddAction("text.upper", (input, _, _) => Task.FromResult(new Text(input.Value.ToUpperInvariant())), ConsumerJson.Default.Text, ConsumerJson.Default.Text)
    .AddOutsideAction("person.approve")
    .AddWorkflow(greet)
    .AddWorkflow(new WorkflowBuilder("asks").Task("ask", t => t.Action("person.approve")).Build())
    .AddWorkflows(Document)))
{
    var ended = await (await engine.StartAsync("greet", JsonMap.Create(("name", "Ada")))).WaitAsync();
    Console.WriteLine($"C#: {ended.State} {ended.Output}");

    ended = await (await engine.StartAsync("shout", JsonMap.Create(("text", "hello")))).WaitAsync();
    Console.WriteLine($"YAML: {ended.State} {ended.Output}");

    var waits = await engine.StartAsync("asks");
    Console.WriteLine($"Explained: {(await engine.ExplainAsync(waits.Id)).ToString()!.Contains("person.approve", StringComparison.Ordinal)}");
    await engine.CancelAsync(waits.Id, "not today");
    await waits.WaitAsync();
    Console.WriteLine($"Ended: {(await engine.QueryWorkflowPageAsync(new() { OnlyRoots = true })).Items.Count}");
    await engine.DeleteAsync(ended.Id);
    Console.WriteLine($"Left: {(await engine.QueryWorkflowPageAsync(new() { OnlyRoots = true })).Items.Count}");
}

foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(path) + "*"))
{
    File.Delete(file);
}

internal sealed record Text([property: JsonPropertyName("text")] string Value);

[JsonSerializable(typeof(Text))]
internal sealed partial class ConsumerJson : JsonSerializerContext;
