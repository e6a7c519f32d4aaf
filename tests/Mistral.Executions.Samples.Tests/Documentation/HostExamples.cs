using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mistral.Executions.Samples.Tests.Documentation;

public sealed class HostExamples : TemporaryFolder
{
    [Test]
    public async Task An_engine_is_registered_with_the_services_of_the_host()
    {
        var order = new WorkflowBuilder("order")
            .Input("order_id")
            .Task("charge", t => t.Action("payments.charge").Input(c => new { order_id = c["order_id"] }).Publish("receipt", c => c.Result()))
            .Output("receipt", c => c["receipt"])
            .Build();
        var builder = Host.CreateEmptyApplicationBuilder(new());
        var services = builder.Services;

        // snippet: dependency injection
        services.AddScoped<ChargeAction>();
        services.AddMistralExecutions("orders.db", e => e
            .AddWorkflow(order)
            .AddAction<ChargeAction, Charge, string>("payments.charge"));
        // end

        // snippet: open in host
        using var host = builder.Build();
        await host.Services.OpenExecutionEngineAsync();
        await host.StartAsync();

        var engine = host.Services.GetRequiredService<ExecutionEngine>();
        // end

        var run = await engine.StartAsync("order", new { order_id = "A-17" });
        (await run.WaitForOutputAsync()).ToString().Should().Be("""{"receipt":"R-A-17"}""");
        await host.StopAsync();
        await engine.DisposeAsync();
    }

    internal sealed record Charge(string OrderId);

    internal sealed class ChargeAction : IAction<Charge, string>
    {
        public Task<string> RunAsync(Charge input, ActionContext context, CancellationToken cancellationToken) => Task.FromResult($"R-{input.OrderId}");
    }
}
