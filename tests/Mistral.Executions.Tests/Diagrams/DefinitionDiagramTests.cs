namespace Mistral.Executions.Tests.Diagrams;

public sealed class DefinitionDiagramTests
{
    private static readonly WorkflowDefinition Order = new WorkflowBuilder("order")
        .Task("charge", t => t.Action("bank.charge").OnSuccess("ship").OnSuccess("pack", when: _ => true).OnError(Routes.Fail("No money.")))
        .Task("pack", t => t.Workflow("parcels").WithItems("part", _ => JsonList.Empty).OnComplete("ship"))
        .Task("ship", t => t.JoinAll())
        .Build();

    [Test]
    public void Mermaid_shows_tasks_by_their_kind_and_routes_with_their_conditions() => Order.ToMermaid().Should().Be(
        """
        flowchart TD
            subgraph g0["order"]
                direction TB
                n0["charge<br/>bank#46;charge"]
                n1[["pack<br/>parcels<br/>for each part"]]
                n2{{"ship<br/>std#46;noop<br/>join all"}}
                n3(["fail"])
            end
            n0 --> n2
            n0 -->|"if …"| n1
            n0 -->|"on-error"| n3
            n1 -->|"on-complete"| n2
            linkStyle 2 stroke:#cf222e
            classDef plain fill:#f6f8fa,stroke:#57606a,color:#1f2328
            class n0,n1,n2,n3 plain
            style g0 fill:none,stroke:#57606a

        """);

    [Test]
    public void Graphviz_gets_the_same_graph() => Order.ToDot().Should().Be(
        """
        digraph {
            graph [fontname="Helvetica", nodesep=0.4, ranksep=0.5]
            node [fontname="Helvetica", fontsize=11, style=filled]
            edge [fontname="Helvetica", fontsize=9]
            subgraph cluster_g0 {
                label="order"
                color="#57606a"
                n0 [label="charge\nbank.charge", shape=box, fillcolor="#f6f8fa", color="#57606a"]
                n1 [label="pack\nparcels\nfor each part", shape=box, peripheries=2, fillcolor="#f6f8fa", color="#57606a"]
                n2 [label="ship\nstd.noop\njoin all", shape=hexagon, fillcolor="#f6f8fa", color="#57606a"]
                n3 [label="fail", shape=oval, fillcolor="#f6f8fa", color="#57606a"]
            }
            n0 -> n2
            n0 -> n1 [label="if …"]
            n0 -> n3 [label="on-error", color="#cf222e"]
            n1 -> n2 [label="on-complete"]
        }

        """);

    [Test]
    public void A_reverse_workflow_shows_what_is_required()
    {
        var build = new WorkflowBuilder("build").Reverse().Task("fetch").Task("compile", t => t.Requires("fetch")).Build();

        build.ToMermaid().Should().Contain("    n0 --> n1\n").And.NotContain("n1 -->");
    }

    [TestCase("a\"b", "a#34;b", "a\\\"b")]
    [TestCase("end\\", "end#92;", "end\\\\")]
    [TestCase("<b>&`", "#60;b#62;#38;#96;", "<b>&`")]
    [TestCase("1. two;#", "#49;#46; two#59;#35;", "1. two;#")]
    [TestCase("a\nb", "a b", "a b")]
    [TestCase("größe 木", "größe 木", "größe 木")]
    public void A_name_can_hold_any_character(string name, string mermaid, string dot)
    {
        var workflow = new WorkflowBuilder(name).Task("t", t => t.Action("x")).Build();

        workflow.ToMermaid().Should().Contain($"subgraph g0[\"{mermaid}\"]\n");
        workflow.ToDot().Should().Contain($"label=\"{dot}\"\n");
    }

    [Test]
    public void A_long_text_is_cut()
    {
        var workflow = new WorkflowBuilder("w").Task("t", t => t.Action(new string('x', 70))).Build();

        workflow.ToDot().Should().Contain(new string('x', 60) + "…\"").And.NotContain(new string('x', 61));
    }
}
