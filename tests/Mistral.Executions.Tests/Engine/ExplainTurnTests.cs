namespace Mistral.Executions.Tests.Engine;

/// <summary>What <c>ExplainAsync</c> says of a body that waits until there is room for it.</summary>
public sealed class ExplainTurnTests
{
    [Test]
    public async Task A_body_waits_for_room_among_those_of_its_target()
    {
        var prints = new WorkflowBuilder("prints").Task("print", t => t.Action("test.gate").Target("printer")).Build();
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(e => e.AddTarget("printer", 1), prints);
        var running = await engine.StartAsync("prints");
        await bench.Gates.NextAsync();
        var next = await engine.StartAsync("prints");
        await engine.SettleAsync();
        var last = await engine.StartAsync("prints");
        await engine.SettleAsync();

        (await ReasonOfAsync(bench, running)).Should().Be(ReasonKind.BodyRunning);
        (await ReasonOfAsync(bench, next)).Should().Be(ReasonKind.WaitsForTurn);
        (await engine.ExplainAsync((await bench.OnlyActionAsync(next.Id)).Id)).Sentence.Should().EndWith("and it is the next.");
        await ExplainTests.ExpectAsync(bench, last.Id, "A body waits for its turn",
            """
            workflow 'prints' RUNNING: Runs since 2026-01-01 00:00:00Z; 1 task is not done.
              task 'print' RUNNING: Runs since 2026-01-01 00:00:00Z.
                action 'test.gate' RUNNING: Its body waits for its turn since 2026-01-01 00:00:00Z: the target 'printer' has room for 1 at once, and 1 comes before it.
            """);
    }

    [Test]
    public async Task A_body_waits_for_room_in_the_engine()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(e => e.MaximumParallelActions = 2, EngineBench.Chain("gated", "test.gate"));
        await engine.StartAsync("gated");
        await engine.StartAsync("gated");
        await bench.Gates.NextAsync();
        var body = await bench.Gates.NextAsync();
        var waiting = await engine.StartAsync("gated");
        await engine.SettleAsync();
        var action = await bench.OnlyActionAsync(waiting.Id);

        (await engine.ExplainAsync(action.Id)).Sentence.Should()
            .Be("Its body waits for its turn since 2026-01-01 00:00:00Z: the engine runs 2 at once, and it is the next.");

        bench.Gates.Open(body, 1);
        await engine.SettleAsync();
        (await ReasonOfAsync(bench, waiting)).Should().Be(ReasonKind.BodyRunning);
    }

    private static async Task<ReasonKind> ReasonOfAsync(EngineBench bench, ExecutionHandle run) =>
        (await bench.Engine.ExplainAsync((await bench.OnlyActionAsync(run.Id)).Id)).Reason;
}
