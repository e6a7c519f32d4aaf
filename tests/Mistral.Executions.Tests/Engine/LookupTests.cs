namespace Mistral.Executions.Tests.Engine;

public sealed class LookupTests
{
    [Test]
    public async Task An_expression_sees_a_task_that_left_memory_long_ago()
    {
        await using var bench = new EngineBench();
        var builder = new WorkflowBuilder("looks-back").Output("first", c => c.Task("t0")["result"]);
        for (var place = 0; place < 10; place++)
        {
            var (value, next) = (place, place + 1);
            builder.Task($"t{place}", t => (next < 10 ? t.OnSuccess($"t{next}") : t).Action("test.do").Input(_ => JsonMap.Create(("value", value))));
        }

        var engine = await bench.OpenAsync(workflows: builder.Build());

        var output = await engine.RunAsync("looks-back");

        output.Should().BeEquivalentTo(JsonMap.Create(("first", JsonMap.Create(("value", 0)))));
    }

    [Test]
    public async Task A_failed_execution_that_left_memory_can_be_run_again()
    {
        await using var bench = new EngineBench();
        var fails = true;
        void Configure(ExecutionEngineOptions options) => options.AddAction(
            "test.sometimes", (_, _, _) => fails ? throw new InvalidOperationException("not yet") : Task.FromResult<JsonData>(5));
        var workflow = EngineBench.Chain("again", "test.do", "test.sometimes", "test.do");
        await bench.OpenAsync(Configure, workflow);
        var run = await bench.Engine.StartAsync("again");
        await run.WaitAsync();
        await bench.Engine.DisposeAsync();
        fails = false;

        var engine = await bench.OpenAsync(Configure, workflow);
        var failed = (await engine.QueryTaskPageAsync(new() { States = [ExecutionState.Error] })).Items.Should().ContainSingle().Subject;
        await engine.RerunTaskAsync(failed.Id);

        (await engine.WaitAsync(run.Id)).State.Should().Be(ExecutionState.Success);
    }
}
