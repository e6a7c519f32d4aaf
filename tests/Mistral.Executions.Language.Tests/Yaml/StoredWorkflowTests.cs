using Mistral.Executions.Language.Yaml;

namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>The text that is kept of a workflow, so that an execution can go on with it after the file was changed.</summary>
public sealed class StoredWorkflowTests
{
    private const string Text = """
        version: '2.0'
        name: wb
        workflows:
          wf: # a comment
            input: [a, b: 017]
            task-defaults: {timeout: 3}
            tasks:
              t2: {action: std.echo output=<% $.a %>, on-success: [t1: <% $.b %>], wait-before: 1.0}
              t1: {}
        """;

    private static WorkflowDefinition Read(string text) => MistralLanguage.Read(text.Replace("t1: {}", "t1: {action: std.noop}")).Workflows[0];

    [Test]
    public void A_workflow_is_the_same_when_it_is_read_again_from_its_stored_text()
    {
        var workflow = Read(Text);
        workflow.Content.Source!.Format.Should().Be(StoredWorkflow.Format);
        var again = MistralLanguage.ReadStored(workflow.Content.Source.Text);
        again.Hash.Should().Be(workflow.Hash);
        (again.Name, again.Workbook, again.Namespace).Should().Be(("wb.wf", "wb", ""));
        again.Specification.ToString().Should().Be(workflow.Specification.ToString());
        again.Tasks.Select(t => t.Name).Should().Equal("t2", "t1");
        again.Input.Should().Equal(workflow.Input);
        again.FindTask("t2")!.Policies.Timeout.Constant().Should().Be((JsonData)3);
        again.Content.Source.Should().Be(workflow.Content.Source);
    }

    [Test]
    public void The_hash_changes_with_the_content_only()
    {
        var hash = Read(Text).Hash;
        Read("# more\n" + Text.Replace("# a comment", "")).Hash.Should().Be(hash);
        Read(Text.Replace("017", "15")).Hash.Should().Be(hash);
        Read(Text + "\n  other: {tasks: {t: {action: std.noop}}}").Hash.Should().Be(hash);
        MistralLanguage.Read(Text.Replace("t1: {}", "t1: {action: std.noop}"), "some.file").Workflows[0].Hash.Should().Be(hash);
        Read(Text.Replace("017", "17")).Hash.Should().NotBe(hash);
        Read(Text.Replace("name: wb", "name: bw")).Hash.Should().NotBe(hash);
        MistralLanguage.Read(Text.Replace("t1: {}", "t1: {action: std.noop}"), @namespace: "ns").Workflows[0].Hash.Should().NotBe(hash);
    }
}
