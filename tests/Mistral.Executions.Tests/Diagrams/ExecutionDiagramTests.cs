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

        (await engine.GetDiagramAsync(run.Id, DiagramFormat.Timeline)).Should().Be(
            """
            gantt
                title order, RUNNING
                dateFormat x
                axisFormat %M:%S
                section order
                charge, ERROR :crit, 1767225600000, 1767225600001
                parcels :1767225600000, 1767225600001
                wait, waited :done, 1767225600000, 1767225605000
                wait, RUNNING :active, 1767225605000, 1767225612000
                section parcel
                send :1767225600000, 1767225600001
                section parcel 2
                send :1767225600000, 1767225600001

            """);
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
