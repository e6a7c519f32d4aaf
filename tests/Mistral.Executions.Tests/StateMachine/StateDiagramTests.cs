using System.Text.RegularExpressions;

namespace Mistral.Executions.Tests.StateMachine;

public sealed partial class StateDiagramTests
{
    [Test]
    public void The_documentation_shows_the_diagrams_of_the_tables()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "src", "docs", "states.md"));

        Diagram().Matches(page).Select(m => m.Groups[1].Value).Should().Equal(
            ExecutionStateMachine.ToMermaid(ExecutionKind.Workflow),
            ExecutionStateMachine.ToMermaid(ExecutionKind.Task),
            ExecutionStateMachine.ToMermaid(ExecutionKind.Action));
    }

    [Test]
    public void Every_state_that_ends_leads_to_the_end()
    {
        var diagram = ExecutionStateMachine.ToMermaid(ExecutionKind.Action);

        diagram.Should().StartWith("stateDiagram-v2\n").And.Contain("    RUNNING --> SUCCESS\n").And.Contain("    SUCCESS --> [*]\n");
        diagram.Should().NotContain("RUNNING --> [*]");
    }

    [GeneratedRegex("```mermaid\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Diagram();
}
