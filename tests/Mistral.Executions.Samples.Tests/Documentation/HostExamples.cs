using Microsoft.Extensions.DependencyInjection;

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
        var services = new ServiceCollection();

        // snippet: dependency injection
        services.AddScoped<ChargeAction>();
        services.AddMistralExecutions("orders.db", e => e
            .AddWorkflow(order)
            .AddAction<ChargeAction, Charge, string>("payments.charge"));
        // end

        await using var host = services.BuildServiceProvider();

        // snippet: open in host
        await host.OpenExecutionEngineAsync();

        var engine = host.GetRequiredService<ExecutionEngine>();
        // end

        var run = await engine.StartAsync("order", new { order_id = "A-17" });
        (await run.WaitForOutputAsync()).ToString().Should().Be("""{"receipt":"R-A-17"}""");
    }

    internal sealed record Charge(string OrderId);

    internal sealed class ChargeAction : IAction<Charge, string>
    {
        public Task<string> RunAsync(Charge input, ActionContext context, CancellationToken cancellationToken) => Task.FromResult($"R-{input.OrderId}");
    }
}
