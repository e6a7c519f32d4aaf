using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Mistral.Executions.Language;
using Spectre.Console.Testing;

namespace Mistral.Executions.Cli.Tests;

/// <summary>A directory with a store, an application that works on it, and the tool beside it.</summary>
internal sealed partial class ToolBench : IAsyncDisposable
{
    private const string Workflows = """
        version: '2.0'
        works:
          input: [number: 1]
          tasks:
            first: { action: std.echo output=<% $.number %>, publish: { seen: <% task().result %> }, on-success: second }
            second: { action: std.noop }
        waits:
          tasks:
            ask: { action: test.ask, on-success: done }
            done: { action: std.noop }
        breaks:
          tasks:
            charge: { action: test.fail, on-success: ship }
            ship: { action: std.noop }
        breaks-twice:
          tasks:
            left: { action: test.fail }
            right: { action: test.fail }
        nests:
          tasks:
            all:
              with-items: i in <% [1, 2, 3] %>
              action: std.echo output=<% $.i %>
              on-success: below
            below: { workflow: breaks }
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mistral-cli");

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public ExecutionEngine? Engine { get; private set; }

    public string Store => PathOf("orders.db");

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    public async Task<ExecutionEngine> OpenAsync() => Engine = await ExecutionEngine.OpenAsync(Store, options =>
    {
        options.Time = Time;
        options.ShutdownDeadline = TimeSpan.Zero;
        options.AddAction("test.fail", (_, _, _) => throw new InvalidOperationException("no [luck]")).AddOutsideAction("test.ask").AddWorkflows(Workflows);
    });

    /// <summary>Runs a workflow to its end.</summary>
    public async Task RunAsync(string workflow, string id)
    {
        var run = await Engine!.StartAsync(workflow, null, new() { Id = id });
        await run.WaitAsync();
    }

    public async Task CloseAsync()
    {
        if (Engine is not null)
        {
            await Engine.DisposeAsync();
            Engine = null;
        }
    }

    /// <summary>Calls the tool; the clock stands still.</summary>
    public Task<ToolAnswer> CallAsync(params string[] arguments) => CallAsync(timePasses: false, arguments);

    /// <summary>Calls the tool, and moves the clock until it has answered: for calls that wait.</summary>
    public Task<ToolAnswer> CallWhileTimePassesAsync(params string[] arguments) => CallAsync(timePasses: true, arguments);

    /// <summary>Waits until the engine has renewed its lease at the time as it is now.</summary>
    public async Task RenewedAsync(string executionId)
    {
        await using var inspector = await ExecutionInspector.OpenAsync(new ExecutionEngineOptions(Store));
        while ((await inspector.Store.ReadOwnerAsync(executionId, CancellationToken.None))!.ExpiresAt <= Time.GetUtcNow())
        {
            await Task.Yield();
        }
    }

    private async Task<ToolAnswer> CallAsync(bool timePasses, string[] arguments)
    {
        using var console = new TestConsole();
        console.Profile.Width = 160;
        using var output = new StringWriter();
        var call = MistralTool.RunAsync(arguments, new ToolHost(console, output, Time, Store), CancellationToken.None);
        while (timePasses && !call.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return new(await call, TrailingSpaces().Replace(console.Output, ""), output.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _directory.Delete(recursive: true);
    }

    [GeneratedRegex(@"[ \t]+(?=\r?\n|$)")]
    private static partial Regex TrailingSpaces();
}
