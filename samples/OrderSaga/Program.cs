using Mistral.Executions;
using OrderSaga;

await using var application = OrderApplication.Create(args);
await application.Services.OpenExecutionEngineAsync();
await application.RunAsync();
