using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Mistral.Executions.Hosting;

namespace Mistral.Executions.Hosting.Tests;

public sealed class HostingTests
{
    private static readonly WorkflowDefinition Greet = new WorkflowBuilder("greet").Task("say", t => t.Action("say")).Build();

    private readonly string _folder = Directory.CreateTempSubdirectory("mistral-hosting-").FullName;

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_engine_is_open_before_other_services_start_and_until_they_have_stopped()
    {
        using var host = Host("order", services: s => s.AddHostedService<RunsAtBothEnds>());

        await host.StartAsync();
        await host.StopAsync();

        host.Services.GetServices<IHostedService>().OfType<RunsAtBothEnds>().Single().Runs.Should().Be(2);
    }

    [Test]
    public async Task A_hosted_service_takes_the_engine_in_its_constructor()
    {
        using var host = Host("constructor", services: s => s.AddHostedService<TakesTheEngine>());

        await host.StartAsync();
        await host.StopAsync();

        host.Services.GetServices<IHostedService>().OfType<TakesTheEngine>().Single().State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task A_host_that_stops_closes_the_engine()
    {
        using var host = Host("stopped");
        await host.StartAsync();
        var engine = host.Services.GetRequiredService<ExecutionEngine>();

        await host.StopAsync();

        await engine.Awaiting(e => e.StartAsync("greet")).Should().ThrowAsync<EngineClosedException>();
    }

    [Test]
    public async Task Running_actions_are_told_to_stop_and_waited_for()
    {
        var begun = new TaskCompletionSource();
        var cleanedUp = false;
        using var host = Host("drained", e => e.AddAction("wait", async (_, _, cancellationToken) =>
        {
            begun.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                cleanedUp = true;
            }

            return JsonData.Null;
        }).AddWorkflow(new WorkflowBuilder("waits").Task("wait", t => t.Action("wait")).Build()));
        await host.StartAsync();
        await host.Services.GetRequiredService<ExecutionEngine>().StartAsync("waits");
        await begun.Task;

        await host.StopAsync();

        cleanedUp.Should().BeTrue();
    }

    [Test]
    public async Task Settings_come_from_the_configuration()
    {
        ExecutionEngineOptions? seen = null;
        using var host = Host("settings", e => seen = e, new()
        {
            ["Workflows:Synchronous"] = "Normal",
            ["Workflows:MaximumParallelActions"] = "3",
            ["Workflows:LeaseDuration"] = "00:00:10",
            ["Workflows:ShutdownDeadline"] = "00:00:02",
            ["Workflows:Targets:printers"] = "1",
        });

        await host.StartAsync();
        await host.StopAsync();

        seen!.Path.Should().EndWith("settings.db");
        seen.Synchronous.Should().Be(SqliteSynchronous.Normal);
        seen.MaximumParallelActions.Should().Be(3);
        seen.LeaseDuration.Should().Be(TimeSpan.FromSeconds(10));
        seen.ShutdownDeadline.Should().Be(TimeSpan.FromSeconds(2));
        seen.MaximumPendingCalls.Should().Be(new ExecutionEngineOptions("x").MaximumPendingCalls);
    }

    [Test]
    public async Task Settings_that_cannot_be_used_are_all_named_when_the_host_starts()
    {
        using var host = Host("bad", settings: new()
        {
            ["Workflows:Path"] = " ",
            ["Workflows:MaximumParallelActions"] = "0",
            ["Workflows:LeaseDuration"] = "00:00:00.5",
            ["Workflows:Targets:printers"] = "-1",
        });

        var act = () => host.StartAsync();

        (await act.Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().SatisfyRespectively(
            f => f.Should().StartWith("Path is missing"),
            f => f.Should().StartWith("MaximumParallelActions cannot be '0'"),
            f => f.Should().StartWith("LeaseDuration cannot be '00:00:00.5000000'").And.Contain("a second at least"),
            f => f.Should().StartWith("Targets:printers cannot be '-1'"));
    }

    [Test]
    public async Task The_health_check_tells_an_open_engine_from_one_that_is_not()
    {
        using var host = Host("health", services: s => s.AddHealthChecks().AddMistralExecutions());
        var checks = host.Services.GetRequiredService<HealthCheckService>();

        var before = await checks.CheckHealthAsync();
        await host.StartAsync();
        var open = await checks.CheckHealthAsync();
        await host.StopAsync();
        var closed = await checks.CheckHealthAsync();

        before.Status.Should().Be(HealthStatus.Unhealthy);
        before.Entries["mistral_executions"].Description.Should().Contain("not open yet");
        open.Status.Should().Be(HealthStatus.Healthy);
        closed.Status.Should().Be(HealthStatus.Unhealthy);
        closed.Entries["mistral_executions"].Exception.Should().BeOfType<EngineClosedException>();
    }

    private IHost Host(
        string name,
        Action<ExecutionEngineOptions>? configure = null,
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Workflows:Path"] = Path.Combine(_folder, $"{name}.db") });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        services?.Invoke(builder.Services);
        builder.Services.AddHostedMistralExecutions(builder.Configuration.GetSection("Workflows"), e =>
        {
            e.AddAction("say", (_, _, _) => Task.FromResult<JsonData>("hello")).AddWorkflow(Greet);
            configure?.Invoke(e);
        });
        return builder.Build();
    }

    private sealed class RunsAtBothEnds(IServiceProvider services) : IHostedService
    {
        public int Runs { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

        private async Task RunAsync(CancellationToken cancellationToken)
        {
            await services.GetRequiredService<ExecutionEngine>().RunAsync("greet", cancellationToken: cancellationToken);
            Runs++;
        }
    }

    private sealed class TakesTheEngine(ExecutionEngine engine) : IHostedService
    {
        public ExecutionState? State { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            var run = await engine.StartAsync("greet", cancellationToken: cancellationToken);
            State = (await run.WaitAsync(cancellationToken)).State;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
