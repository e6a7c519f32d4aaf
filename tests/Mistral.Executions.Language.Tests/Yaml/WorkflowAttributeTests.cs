namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>The attributes of a workflow.</summary>
public sealed class WorkflowAttributeTests
{
    private const string Full = """
        version: '2.0'
        wf:
          type: direct
          description: What it does
          tags: [one, two]
          input:
            - a
            - b: 1
            - c: {x: [1, null]}
            - d: null
          vars:
            v: 1
            w: <% $.a %>
          output:
            o: <% $.v %>
          output-on-error:
            e: 2
          tasks:
            first:
              action: std.noop
              on-success: second
            second:
              action: std.noop
        """;

    [Test]
    public void A_workflow_has_what_its_attributes_say()
    {
        var workflow = Documents.ReadWorkflow(Full);
        workflow.Name.Should().Be("wf");
        workflow.Namespace.Should().BeEmpty();
        workflow.Workbook.Should().BeNull();
        workflow.Type.Should().Be(WorkflowType.Direct);
        workflow.Description.Should().Be("What it does");
        workflow.Tags.Should().Equal("one", "two");
        workflow.Input.Should().Equal(
            new InputParameter("a"),
            new InputParameter("b", 1),
            new InputParameter("c", Documents.Json("{'x':[1,null]}")),
            new InputParameter("d", JsonData.Null));
        workflow.Variables!.Text.Should().Contain("<% $.a %>");
        workflow.Content.VariableNames.Should().Equal("v", "w");
        workflow.Output.Should().NotBeNull();
        workflow.OutputOnError.Constant().Should().Be(Documents.Json("{'e':2}"));
        workflow.Tasks.Select(t => t.Name).Should().Equal("first", "second");
    }

    [Test]
    public void A_document_can_define_several_workflows_in_a_namespace()
    {
        var document = MistralLanguage.Read("version: 2\none: {tasks: {t: {action: std.noop}}}\ntwo: {type: reverse, tasks: {t: {action: std.noop}}}", @namespace: "ns");
        document.Workflows.Select(w => (w.Name, w.Namespace, w.Type)).Should().Equal(("one", "ns", WorkflowType.Direct), ("two", "ns", WorkflowType.Reverse));
        document.Namespace.Should().Be("ns");
        document.Workbook.Should().BeNull();
        document.Actions.Should().BeEmpty();
    }

    [Test]
    public void The_specification_is_the_workflow_as_written_with_what_mistral_adds()
    {
        var specification = Documents.ReadWorkflow("version: '2.0'\nwf: {input: [x], tasks: {t: {action: std.echo output=1, input: {y: 2}}, u: {action: std.echo output=1}}}").Specification;
        specification.ToString().Should().Be(Documents.Json(
            "{'input':['x'],'tasks':{" +
            "'t':{'action':'std.echo output=1','input':{'y':2,'output':1},'type':'direct','name':'t','version':'2.0'}," +
            "'u':{'action':'std.echo output=1','type':'direct','name':'u','version':'2.0'}},'name':'wf','version':'2.0'}").ToString());
    }

    [TestCase("'2.0'")]
    [TestCase("2.0")]
    [TestCase("2")]
    [TestCase("'2'")]
    public void Version_2_can_be_written_in_several_ways(string version) =>
        Documents.ReadWorkflow($"version: {version}\nwf: {{tasks: {{t: {{action: std.noop}}}}}}").Name.Should().Be("wf");

    [TestCase("'1.0'")]
    [TestCase("3")]
    [TestCase("null")]
    [TestCase("[2.0]")]
    [TestCase("''")]
    public void Every_other_version_is_refused(string version) =>
        Documents.FaultOf($"version: {version}\nwf: {{tasks: {{t: {{action: std.noop}}}}}}").ShouldLieAt(1, 10, "version");

    [Test]
    public void A_document_needs_a_version() =>
        Documents.FaultOf("wf: {tasks: {t: {action: std.noop}}}").Reason.Should().Contain("'version'");

    [TestCase("type: circular", "direct or reverse")]
    [TestCase("type: null", "direct or reverse")]
    [TestCase("description: [x]", "a text")]
    [TestCase("tags: x", "a list of texts")]
    [TestCase("tags: []", "a list of texts")]
    [TestCase("tags: [x, x]", "twice")]
    [TestCase("tags: [1]", "a text")]
    [TestCase("input: null", "a list of parameters")]
    [TestCase("input: []", "a list of parameters")]
    [TestCase("input: {a: 1}", "a list of parameters")]
    [TestCase("input: ['']", "a text")]
    [TestCase("input: [1]", "the name of a parameter")]
    [TestCase("input: [null]", "the name of a parameter")]
    [TestCase("input: [a, a]", "twice")]
    [TestCase("input: [{a: 1, b: 2}]", "one name with its default")]
    [TestCase("vars: []", "a mapping with at least one member")]
    [TestCase("vars: {}", "a mapping with at least one member")]
    [TestCase("output: text", "a mapping with at least one member")]
    [TestCase("output: null", "a mapping with at least one member")]
    [TestCase("output-on-error: 1", "a mapping with at least one member")]
    [TestCase("task-defaults: {}", "a mapping with at least one default")]
    [TestCase("task-defaults: {timeout: x}", "a whole number")]
    [TestCase("task-defaults: {join: all}", "'task-defaults' has no attribute 'join'")]
    [TestCase("ouput: {a: 1}", "did you mean 'output'?")]
    [TestCase("name-of-nothing: 1", "known are name, version")]
    public void What_an_attribute_cannot_be_is_refused(string attribute, string expected) =>
        Documents.FaultOf($"version: '2.0'\nwf:\n  {attribute}\n  tasks: {{t: {{action: std.noop}}}}").Should().Match<DefinitionFault>(f => f.Line == 3 && f.Workflow == "wf" && f.Reason.Contains(expected));

    [TestCase("description: 2024", "2024")]
    [TestCase("description:", "")]
    public void The_description_of_a_workflow_can_be_any_scalar(string attribute, string description) =>
        Documents.ReadWorkflow($"version: '2.0'\nwf:\n  {attribute}\n  tasks: {{t: {{action: std.noop}}}}").Description.Should().Be(description);

    [TestCase("{}")]
    [TestCase("[t]")]
    [TestCase("null")]
    public void Tasks_must_be_a_mapping_with_a_task(string tasks) =>
        Documents.FaultOf($"version: '2.0'\nwf: {{tasks: {tasks}}}").ShouldLieAt(2, 13, "wf.tasks");

    [Test]
    public void A_workflow_needs_tasks() =>
        Documents.FaultOf("version: '2.0'\nwf: {type: direct}").Should().Match<DefinitionFault>(f => f.Path == "wf" && f.Reason.Contains("needs 'tasks'"));

    [TestCase("wf: 1")]
    [TestCase("wf: {}")]
    [TestCase("wf:")]
    public void A_workflow_must_be_a_mapping(string workflow) =>
        Documents.FaultOf("version: '2.0'\n" + workflow).Path.Should().Be("wf");

    [Test]
    public void A_document_must_define_something() =>
        Documents.FaultOf("version: '2.0'").Reason.Should().Contain("defines no workflow");

    [Test]
    public void A_name_in_the_form_of_a_uuid_is_refused() =>
        Documents.FaultOf("version: '2.0'\n11111111-2222-3333-4444-555555555555: {tasks: {t: {action: std.noop}}}").Reason.Should().Contain("UUID");
}
