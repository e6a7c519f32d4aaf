using System.Diagnostics;

namespace Mistral.Executions.Tests.Engine;

[NonParallelizable]
public sealed class TraceTests
{
    private static readonly WorkflowDefinition Inner = EngineBench.Chain("inner", "test.do");

    private static readonly WorkflowDefinition Outer = new WorkflowBuilder("outer")
        .Task("first", t => t.Action("test.do").OnSuccess("nested"))
        .Task("nested", t => t.Workflow("inner"))
        .Build();

    [Test]
    public async Task Each_workflow_task_and_action_execution_is_a_span_below_the_one_it_belongs_to()
    {
        await using var bench = new EngineBench();
        using var spans = new SpanKeeper("spans");
        var engine = await bench.OpenAsync(workflows: [Inner, Outer]);

        await (await engine.StartAsync("outer", options: new() { Id = "spans" })).WaitAsync();
        await bench.SettleAsync();

        spans.Ended.Select(s => s.DisplayName).Should().BeEquivalentTo(
            ["start outer", "workflow outer", "task first", "action test.do", "task nested", "workflow inner", "task t0", "action test.do"]);
        spans.Only("workflow outer").ParentSpanId.Should().Be(spans.Only("start outer").SpanId);
        spans.Only("task first").ParentSpanId.Should().Be(spans.Only("workflow outer").SpanId);
        spans.Only("workflow inner").ParentSpanId.Should().Be(spans.Only("task nested").SpanId);
        spans.Ended.Where(s => s.DisplayName == "action test.do").Select(s => s.ParentSpanId).Should().BeEquivalentTo(
            [spans.Only("task first").SpanId, spans.Only("task t0").SpanId]);
        spans.Ended.Select(s => s.TraceId).Distinct().Should().ContainSingle();
    }

    [Test]
    public async Task A_span_lasts_from_the_creation_of_its_execution_to_its_end_by_the_clock_of_the_engine()
    {
        await using var bench = new EngineBench();
        using var spans = new SpanKeeper("lasting");
        var engine = await bench.OpenAsync(workflows: new WorkflowBuilder("delayed").Task("t", t => t.Action("test.do").WaitBefore(TimeSpan.FromHours(1))).Build());
        var run = await engine.StartAsync("delayed", options: new() { Id = "lasting" });

        await bench.AdvanceAsync(TimeSpan.FromHours(1));
        await run.WaitAsync();
        await bench.SettleAsync();

        spans.Only("workflow delayed").Duration.Should().Be(TimeSpan.FromHours(1));
        spans.Only("task t").StartTimeUtc.Should().Be((await run.GetAsync()).CreatedAt.UtcDateTime);
    }

    [Test]
    public async Task A_failed_execution_is_a_span_in_error_with_its_reason()
    {
        await using var bench = new EngineBench();
        using var spans = new SpanKeeper("failed");
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("fails", "test.fail"));

        var ended = await (await engine.StartAsync("fails", options: new() { Id = "failed" })).WaitAsync();
        await bench.SettleAsync();

        var span = spans.Only("workflow fails");
        span.Status.Should().Be(ActivityStatusCode.Error);
        span.StatusDescription.Should().Be(ended.StateInfo);
        span.GetTagItem("mistral.execution.state").Should().Be("ERROR");
    }

    [Test]
    public async Task An_outside_action_is_a_span_until_its_result_comes()
    {
        await using var bench = new EngineBench();
        using var spans = new SpanKeeper("outside");
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("waits", "test.outside"));
        var run = await engine.StartAsync("waits", options: new() { Id = "outside" });
        await bench.AdvanceAsync(TimeSpan.FromDays(2));

        await engine.CompleteActionAsync((await bench.OnlyActionAsync(run.Id)).Id, ActionResult.Success(1));
        await run.WaitAsync();
        await bench.SettleAsync();

        spans.Only("action test.outside").Duration.Should().Be(TimeSpan.FromDays(2));
    }

    [Test]
    public async Task After_a_restart_the_spans_go_on_in_the_same_trace_and_say_so()
    {
        await using var bench = new EngineBench();
        using var spans = new SpanKeeper("restarted");
        var waits = EngineBench.Chain("waits", "test.outside");
        var engine = await bench.OpenAsync(workflows: waits);
        var run = await engine.StartAsync("waits", options: new() { Id = "restarted" });
        var action = await bench.OnlyActionAsync(run.Id);
        bench.Kill();
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        engine = await bench.OpenAsync(workflows: waits);

        await engine.CompleteActionAsync(action.Id, ActionResult.Success(1));
        await engine.WaitAsync("restarted");
        await bench.SettleAsync();

        var start = spans.Only("start waits");
        var resumed = spans.Ended.Where(s => s.DisplayName == "workflow waits").Should().HaveCount(2).And.Subject.Last();
        resumed.TraceId.Should().Be(start.TraceId);
        resumed.ParentSpanId.Should().Be(start.SpanId);
        resumed.Links.Should().ContainSingle().Which.Context.SpanId.Should().Be(start.SpanId);
        resumed.GetTagItem("mistral.execution.resumed").Should().Be(true);
    }

    [Test]
    public async Task The_trace_of_the_caller_is_carried_on()
    {
        await using var bench = new EngineBench();
        using var spans = new SpanKeeper("called");
        using var source = new ActivitySource("Mistral.Executions");
        var engine = await bench.OpenAsync(workflows: Inner);
        using var caller = source.StartActivity("request")!;

        await (await engine.StartAsync("inner", options: new() { Id = "called" })).WaitAsync();
        await bench.SettleAsync();

        spans.Only("workflow inner").TraceId.Should().Be(caller.TraceId);
        Activity.Current.Should().BeSameAs(caller);
    }
}
