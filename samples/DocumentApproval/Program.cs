using DocumentApproval;
using Mistral.Executions;

var folder = args is [var given] ? given : "approval";
Directory.CreateDirectory(folder);
var office = new Office(folder);
await using var engine = await ExecutionEngine.OpenAsync(Path.Combine(folder, "approval.db"), e => ApprovalWorkflow.Register(e, office));
var desk = new ApprovalDesk(engine, Console.Out);
Console.WriteLine(ApprovalDesk.Usage);
while (await Console.In.ReadLineAsync() is { } line && line != "quit")
{
    await desk.HandleAsync(line);
}
