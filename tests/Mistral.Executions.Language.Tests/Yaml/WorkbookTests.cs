using Mistral.Executions.Language.Yaml;

namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>Workbooks, ad-hoc actions, and how the kinds of documents are told apart.</summary>
public sealed class WorkbookTests
{
    private const string Workbook = """
        version: '2.0'
        name: my.book
        description: A book
        tags: [x]
        actions:
          greet:
            description: Greets
            tags: [a]
            base: std.echo output="Hello <% $.name %>"
            input:
              - name
              - loud: false
            output: <% $.upper() %>
          plain:
            base: greet
        workflows:
          version: '2.0'
          main-1:
            tasks:
              t: {action: greet name="x"}
          other:
            tasks:
              t: {workflow: main-1}
        """;

    [Test]
    public void What_a_workbook_defines_has_its_name_in_front()
    {
        var book = MistralLanguage.Read(Workbook, @namespace: "ns");
        book.Workbook.Should().Be("my.book");
        book.Workflows.Select(w => (w.Name, w.Workbook, w.Namespace)).Should().Equal(("my.book.main-1", "my.book", "ns"), ("my.book.other", "my.book", "ns"));
        book.Actions.Select(a => (a.Name, a.Workbook, a.Namespace)).Should().Equal(("my.book.greet", "my.book", "ns"), ("my.book.plain", "my.book", "ns"));
        book.Workflows[0].Specification["name"].Should().Be((JsonData)"main-1");
    }

    [Test]
    public void An_ad_hoc_action_has_what_its_attributes_say()
    {
        var actions = MistralLanguage.Read(Workbook).Actions;
        actions[0].Description.Should().Be("Greets");
        actions[0].Tags.Should().Equal("a");
        actions[0].Base.Should().Be("std.echo");
        actions[0].BaseInput!.Text.Should().Contain("Hello <% $.name %>");
        actions[0].Input.Should().Equal(new InputParameter("name"), new InputParameter("loud", false));
        actions[0].Output!.Text.Should().Be("<% $.upper() %>");
        actions[1].Base.Should().Be("greet");
        actions[1].BaseInput.Should().BeNull();
        actions[1].Output.Should().BeNull();
    }

    [Test]
    public void Base_input_is_merged_with_the_parameters_in_the_line_of_the_base_which_win() =>
        MistralLanguage.Read("version: '2.0'\na: {base: b x=1, base-input: {x: 2, y: 3}, output: null}").Actions.Should().ContainSingle()
            .Which.BaseInput.Constant().Should().Be(Documents.Json("{'x':1,'y':3}"));

    [TestCase("output: [1]", "[1]")]
    [TestCase("output: {a: 1}", "{'a':1}")]
    [TestCase("output: false", "false")]
    public void The_output_of_an_action_can_be_any_value(string attribute, string json) =>
        MistralLanguage.Read($"version: '2.0'\na: {{base: b, {attribute}}}").Actions[0].Output.Constant().Should().Be(Documents.Json(json));

    [Test]
    public void The_kind_of_a_document_is_seen_from_its_members()
    {
        var actions = MistralLanguage.Read("version: '2.0'\na: {base: std.noop}\nb: {base: a}");
        actions.Actions.Select(a => a.Name).Should().Equal("a", "b");
        actions.Workflows.Should().BeEmpty();
        MistralLanguage.Read("version: '2.0'\nname: wb").Workbook.Should().Be("wb");
        MistralLanguage.Read("version: '2.0'\nworkflows: {tasks: {t: {action: std.noop}}}").Workflows[0].Name.Should().Be("workflows");
        MistralLanguage.Read("version: '2.0'\nname: {tasks: {t: {action: std.noop}}}").Workflows[0].Name.Should().Be("name");
    }

    [Test]
    public void The_caller_can_say_which_kind_a_document_must_be()
    {
        var read = () => MistralLanguage.Read(Workbook, DocumentKind.Workflows);
        read.Should().Throw<DefinitionException>();
        read = () => MistralLanguage.Read("version: '2.0'\nwf: {tasks: {t: {action: std.noop}}}", DocumentKind.Actions);
        read.Should().Throw<DefinitionException>().Which.Faults.Should().Contain(f => f.Reason.Contains("needs 'base'"));
        MistralLanguage.Read(Workbook, DocumentKind.Workbook).Workflows.Should().HaveCount(2);
    }

    [TestCase("name: ''", "name", "a text")]
    [TestCase("name: 1", "name", "a text")]
    [TestCase("name: wb\nworkflow: {}", "workflow", "did you mean 'workflows'?")]
    [TestCase("name: wb\ndescription: 1", "description", "a text")]
    [TestCase("name: wb\ntags: []", "tags", "a list of texts")]
    [TestCase("name: wb\nworkflows: {}", "workflows", "at least one member")]
    [TestCase("name: wb\nactions: []", "actions", "at least one member")]
    [TestCase("name: wb\nactions: {version: '1.0'}", "actions.version", "version '2.0'")]
    [TestCase("name: wb\nactions: {a: std.noop}", "actions.a", "an ad-hoc action")]
    [TestCase("name: wb\nactions: {a b: {base: std.noop}}", "actions.a b", "a name of letters")]
    [TestCase("name: wb\nworkflows: {wf: wf}", "workflows.wf", "a workflow")]
    [TestCase("name: wb\nworkflows: {wf: {tasks: {t: {join: any}}}}", "workflows.wf.tasks.t.join", "all, one")]
    public void A_wrong_workbook_is_refused(string members, string path, string expected)
    {
        var fault = Documents.FaultOf("version: '2.0'\n" + members);
        fault.Path.Should().Be(path);
        fault.Reason.Should().Contain(expected);
    }

    [TestCase("base: ''", "base", "a text")]
    [TestCase("base: 1", "base", "a text")]
    [TestCase("base: b\ninput: x", "input", "a list of parameters")]
    [TestCase("base: b\ninput: [x, x]", "input[1]", "twice")]
    [TestCase("base: b\nbase-input: {}", "base-input", "at least one member")]
    [TestCase("base: b\nbase-inputs: {x: 1}", "base-inputs", "did you mean 'base-input'?")]
    [TestCase("base: b\ntasks: {x: 1}", "tasks", "An ad-hoc action has no attribute 'tasks'")]
    [TestCase("base: = x=1", "base", "the name of an action")]
    public void A_wrong_action_is_refused(string attributes, string path, string expected)
    {
        Action read = () => MistralLanguage.Read($"version: '2.0'\na:\n  {attributes.Replace("\n", "\n  ")}", DocumentKind.Actions);
        var fault = read.Should().Throw<DefinitionException>().Which.Faults.Should().ContainSingle().Subject;
        fault.Path.Should().Be("a." + path);
        fault.Reason.Should().Contain(expected);
    }
}
