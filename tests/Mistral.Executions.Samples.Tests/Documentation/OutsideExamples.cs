namespace Mistral.Executions.Samples.Tests.Documentation;

public sealed class OutsideExamples : TemporaryFolder
{
    [Test]
    public async Task An_outside_action_gets_its_result_later_after_any_restart()
    {
        // snippet: outside action
        var invoice = new WorkflowBuilder("invoice")
            .Input("number")
            .Task("ask", t => t
                .Action("approval.ask").Input(c => new { number = c["number"] })
                .Publish("approved", c => c.Result()))
            .Output("approved", c => c["approved"])
            .Build();

        void Configure(ExecutionEngineOptions e) => e.AddWorkflow(invoice).AddOutsideAction("approval.ask");
        // end

        await using (var engine = await ExecutionEngine.OpenAsync("invoices.db", Configure))
        {
            await engine.StartAsync("invoice", new { number = 4711 }, new() { Id = "invoice-4711" });
        }

        await using (var engine = await ExecutionEngine.OpenAsync("invoices.db", Configure))
        {
            // snippet: complete outside action
            await foreach (var asked in engine.QueryActionsAsync(new() { Name = "approval.ask", States = [ExecutionState.Running] }))
            {
                Console.WriteLine($"Invoice {asked.Input["number"]} waits since {asked.CreatedAt}.");
                await engine.CompleteActionAsync(asked.Id, ActionResult.Success(true));
            }
            // end

            (await engine.WaitForOutputAsync("invoice-4711")).ToString().Should().Be("""{"approved":true}""");
        }
    }
}
