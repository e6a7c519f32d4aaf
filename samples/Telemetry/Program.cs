using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mistral.Executions;
using Mistral.Executions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

// Runs one order whose payment fails once, and prints the spans and the measurements that an engine gives: as they are, to
// the console. Another exporter takes them to a collector.
var builder = Host.CreateApplicationBuilder(args);
builder.Configuration["Workflows:Path"] ??= Path.Combine(Path.GetTempPath(), $"telemetry-{Guid.NewGuid():n}.db");

var payments = 0;
var ship = new WorkflowBuilder("ship")
    .Task("pack", t => t.Action("warehouse.pack"))
    .Build();
var order = new WorkflowBuilder("order")
    .Task("pay", t => t.Action("payments.charge").Retry(count: 2, delay: TimeSpan.FromMilliseconds(200)).OnSuccess("ship"))
    .Task("ship", t => t.Workflow("ship"))
    .Build();

// snippet: hosted engine
builder.Services.AddHostedMistralExecutions(builder.Configuration.GetSection("Workflows"), e => e
    .AddAction("payments.charge", (_, _, _) => ChargeAsync())
    .AddAction("warehouse.pack", (_, _, _) => Task.FromResult<JsonData>("packed"))
    .AddWorkflow(order)
    .AddWorkflow(ship));
builder.Services.AddHealthChecks().AddMistralExecutions();
// end

// snippet: telemetry
builder.Services.AddOpenTelemetry()
    .WithTracing(t => t.AddSource("Mistral.Executions").AddConsoleExporter())
    .WithMetrics(m => m.AddMeter("Mistral.Executions").AddConsoleExporter());
// end

using var host = builder.Build();
await host.StartAsync();
await host.Services.GetRequiredService<ExecutionEngine>().RunAsync("order");
host.Services.GetRequiredService<MeterProvider>().ForceFlush();
await host.StopAsync();

Task<JsonData> ChargeAsync() => ++payments == 1
    ? throw new HttpRequestException("the bank does not answer")
    : Task.FromResult<JsonData>("paid");
