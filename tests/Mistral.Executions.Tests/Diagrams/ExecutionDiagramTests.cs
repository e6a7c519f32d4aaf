using Mistral.Executions.Tests.Engine;

namespace Mistral.Executions.Tests.Diagrams;

public sealed class ExecutionDiagramTests
{
    private static readonly WorkflowDefinition Parcel = new WorkflowBuilder("parcel")
        .Task("send", t => t.Action("test.inline").OnSuccess("never", when: _ => false))
        .Task("never")
        .Build();

    private static readonly WorkflowDefinition Order = new WorkflowBuilder("order")
        .Task("charge", t => t.Action("test.fail").OnError("parcels").OnSuccess("thank"))
        .Task("parcels", t => t.Workflow("parcel").WithItems("part", _ => JsonList.Create(1, 2)).OnSuccess("wait"))
        .Task("wait", t => t.Action("test.outside").WaitBefore(TimeSpan.FromSeconds(5)))
        .Task("thank")
        .Build();

    [Test]
    public async Task What_ran_has_its_state_and_what_did_not_is_faint()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(null, Order, Parcel);
        var run = await engine.StartAsync(Order);
        await bench.SettleAsync();

        (await engine.GetDiagramAsync(run.Id)).Should().Be(
            """
            flowchart TD
                subgraph g0["order#58; RUNNING"]
                    direction TB
                    n0["charge<br/>test#46;fail<br/>ERROR (handled)"]
                    n1[["parcels<br/>parcel<br/>for each part<br/>SUCCESS<br/>#50; of 2 items"]]
                    n4["wait<br/>test#46;outside<br/>RUNNING#95;DELAYED"]
                    n5["thank<br/>std#46;noop"]
                    subgraph g1["parcel#58; 2 × SUCCESS"]
                        direction TB
                        n2["send<br/>test#46;inline<br/>#50; × SUCCESS"]
                        n3["never<br/>std#46;noop"]
                    end
                end
                n1 -.- n2
                n0 -.-> n5
                n0 ==>|"on-error"| n1
                n1 ==> n4
                n2 -.->|"if …"| n3
                linkStyle 1 stroke:#8c959f
                linkStyle 2 stroke:#cf222e
                linkStyle 4 stroke:#8c959f
                classDef delayed fill:#e2effd,stroke:#0969da,color:#1f2328,stroke-dasharray:4 3
                class n4 delayed
                classDef error fill:#ffd9d6,stroke:#cf222e,color:#1f2328
                class n0 error
                classDef notReached fill:#ffffff,stroke:#8c959f,color:#1f2328,stroke-dasharray:4 3
                class n5,n3 notReached
                classDef success fill:#d3f3da,stroke:#1a7f37,color:#1f2328
                class n1,n2 success
                style g0 fill:none,stroke:#0969da
                style g1 fill:none,stroke:#1a7f37

            """);
    }

    [Test]
    public async Task Graphviz_gets_the_same_graph_of_an_execution()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(null, Order, Parcel);
        var run = await engine.StartAsync(Order);
        await bench.SettleAsync();

        var dot = await engine.GetDiagramAsync(run.Id, DiagramFormat.Dot);

        dot.Should().Contain("    n1 -> n2 [style=dotted, arrowhead=none]\n");
        dot.Should().Contain("    n0 -> n5 [style=dashed, color=\"#8c959f\"]\n");
        dot.Should().Contain("    n0 -> n1 [label=\"on-error\", penwidth=2, color=\"#cf222e\"]\n");
        dot.Should().Contain("n5 [label=\"thank\\nstd.noop\", shape=box, fillcolor=\"#ffffff\", color=\"#8c959f\", style=\"filled,dashed\"]");
    }

    [Test]
    public async Task A_timeline_tells_waiting_from_running()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(null, Order, Parcel);
        var run = await engine.StartAsync(Order);
        await bench.SettleAsync();
        await bench.AdvanceAsync(TimeSpan.FromSeconds(5));
        await bench.AdvanceAsync(TimeSpan.FromSeconds(7));

        var timeline = await engine.GetDiagramAsync(run.Id, DiagramFormat.Timeline);

        timeline.Should().StartWith("---\ndisplayMode: compact\n").And.Contain("    leftPadding: 136\n");
        timeline[timeline.IndexOf("gantt\n", StringComparison.Ordinal)..].Should().Be(
            """
            gantt
                title order, RUNNING
                dateFormat x
                axisFormat %M:%S
                section charge
                ERROR :crit, 1767225600000, 1767225600001
                section parcels
                #8203; :1767225600000, 1767225600001
                section parcels 1 / send
                #8203; :1767225600000, 1767225600001
                section parcels 2 / send
                #8203; :1767225600000, 1767225600001
                section wait
                waits :done, 1767225600000, 1767225605000
                RUNNING :1767225605000, 1767225612000

            """);
    }

    [Test]
    public async Task A_timeline_shows_attempts_and_the_time_between_them()
    {
        var retried = new WorkflowBuilder("retried").Task("try", t => t.Action("test.outside").Retry(2, TimeSpan.FromSeconds(20))).Build();
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(null, retried);
        var run = await engine.StartAsync(retried);
        await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
        await engine.CompleteActionAsync((await bench.OnlyActionAsync(run.Id)).Id, ActionResult.Error("no luck"));
        await bench.AdvanceAsync(TimeSpan.FromSeconds(20));
        await bench.AdvanceAsync(TimeSpan.FromSeconds(30));
        var second = (await engine.QueryActionPageAsync(new() { RootExecutionId = run.Id, States = [ExecutionState.Running] })).Items[0];
        await engine.CompleteActionAsync(second.Id, ActionResult.Success(1));
        await bench.AdvanceAsync(TimeSpan.FromSeconds(30));

        (await engine.GetDiagramAsync(run.Id, DiagramFormat.Timeline)).Should().EndWith(
            """
                section try
                failed :crit, 1767225600000, 1767225610000
                waits :done, 1767225610000, 1767225630000
                30.0 s :1767225630000, 1767225660000

            """);
    }

    [Test]
    public async Task A_timeline_shows_what_waited_for_its_turn_to_run()
    {
        var two = new WorkflowBuilder("two").Task("a", t => t.Action("test.gate")).Task("b", t => t.Action("test.gate")).Build();
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(o => o.MaximumParallelActions = 1, two);
        var run = await engine.StartAsync(two);
        var first = await bench.Gates.NextAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        bench.Gates.Open(first, 1);
        var second = await bench.Gates.NextAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        bench.Gates.Open(second, 2);
        await run.WaitAsync();

        (await engine.GetDiagramAsync(run.Id, DiagramFormat.Timeline)).Should().Contain("    queued :active, 1767225600000, 1767225610000\n    10.0 s :1767225610000, 1767225620000\n");
        (await engine.GetActionAsync(second)).Should().Match<ActionExecution>(a => a.StartedAt == a.CreatedAt.AddSeconds(10) && a.FinishedAt == a.CreatedAt.AddSeconds(20));
    }

    [Test]
    public async Task A_timeline_ends_with_the_workflow_although_something_is_open()
    {
        var chain = EngineBench.Chain("chain", "test.outside", "test.do");
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(null, chain);
        var run = await engine.StartAsync(chain);
        await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
        await engine.CancelAsync(run.Id);
        await bench.AdvanceAsync(TimeSpan.FromHours(1));

        (await engine.GetDiagramAsync(run.Id, DiagramFormat.Timeline)).Should().EndWith("    section t0\n    RUNNING :1767225600000, 1767225610000\n");
    }

    [Test]
    public async Task A_command_under_a_condition_is_drawn_as_taken_only_where_that_is_known()
    {
        var choice = new WorkflowBuilder("choice")
            .Task("one", t => t.Action("test.inline").OnSuccess(Routes.Fail("no", when: _ => false), Routes.Noop(when: _ => true)).OnComplete(Routes.Noop()))
            .Build();
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(null, choice);
        var run = await engine.StartAsync(choice);
        await run.WaitAsync();

        var diagram = await engine.GetDiagramAsync(run.Id);

        diagram.Should().Contain("    n0 -.->|\"if …\"| n1\n").And.Contain("    n0 -->|\"if …\"| n2\n").And.Contain("    n0 ==>|\"on-complete\"| n2\n");
    }

    [Test]
    public async Task Names_of_any_kind_break_no_timeline()
    {
        var odd = new WorkflowBuilder("odd: \"name\"\n[x] {y}; %% --- 名前")
            .Task("task: \"one\", #1; 名前 " + new string('x', 80), t => t.Action("test.inline"))
            .Build();
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(null, odd);
        var run = await engine.StartAsync(odd);
        await run.WaitAsync();

        var timeline = await engine.GetDiagramAsync(run.Id, DiagramFormat.Timeline);

        timeline[timeline.IndexOf("gantt\n", StringComparison.Ordinal)..].Split('\n').Where(l => l.TrimStart().StartsWith("title", StringComparison.Ordinal) || l.TrimStart().StartsWith("section", StringComparison.Ordinal))
            .Should().HaveCount(2).And.OnlyContain(l => !l.Contains(':') && !l.Contains('"') && !l.Contains('[') && !l.Contains('%'));
    }

    [Test]
    public async Task Runs_of_a_loop_are_one_node_with_their_number()
    {
        var loop = new WorkflowBuilder("loop")
            .Task("begin", t => t.Publish("left", 2).OnSuccess("turn"))
            .Task("turn", t => t.Publish("left", c => c["left"].AsInteger() - 1).OnSuccess("turn", when: c => c["left"] > 0))
            .Build();
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(null, loop);
        var run = await engine.StartAsync(loop);
        await run.WaitAsync();

        var diagram = await engine.GetDiagramAsync(run.Id);

        diagram.Should().Contain("n1[\"turn<br/>std#46;noop<br/>#50; × SUCCESS\"]").And.Contain("    n1 ==>|\"if …\"| n1\n");
    }

    [Test]
    public async Task What_is_not_there_cannot_be_drawn()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync();

        await engine.Awaiting(e => e.GetDiagramAsync("none")).Should().ThrowAsync<ExecutionNotFoundException>();
    }
}
