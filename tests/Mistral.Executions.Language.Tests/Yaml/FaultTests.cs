namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>All faults of a document are told, each with its place.</summary>
public sealed class FaultTests
{
    [Test]
    public void All_faults_of_a_document_are_told_in_the_order_of_the_text()
    {
        var faults = Documents.FaultsOf("""
            version: '2.0'
            one:
              typ: direct
              tasks:
                t1:
                  action: std.echo output=<% $.y + %>
                  retry: count=-1
                  on-success: [t2, t3]
                t2:
                  join: 2
                  publish:
                    x: "{{ _. }}"
            two:
              type: reverse
              tasks:
                a: {requires: b}
                b: {requires: [a, c]}
            """);
        faults.Select(f => (f.Workflow, f.Task, f.Line, f.Path)).Should().Equal(
            ("one", null, 3, "one.typ"),
            ("one", "t1", 6, "one.tasks.t1.action.output"),
            ("one", "t1", 7, "one.tasks.t1.retry"),
            ("one", "t1", 7, "one.tasks.t1.retry"),
            ("one", "t1", 8, "one.tasks.t1.on-success[1]"),
            ("one", "t2", 10, "one.tasks.t2.join"),
            ("one", "t2", 12, "one.tasks.t2.publish.x"),
            ("two", "b", 17, "two.tasks.b.requires"),
            ("two", "b", 17, "two.tasks.b.requires[1]"));
        faults.Should().OnlyContain(f => f.File == "file.yaml" && f.Column > 0);
        faults[4].Reason.Should().Contain("did you mean");
    }

    [Test]
    public void A_fault_reads_as_one_line_with_its_place()
    {
        Action read = () => MistralLanguage.Read(Documents.WithTask("actoin: std.noop"), "my.yaml");
        read.Should().Throw<DefinitionException>().WithMessage(
            "my.yaml:5:7: workflow 'wf', task 't': A task of a direct workflow has no attribute 'actoin'; did you mean 'action'? (at wf.tasks.t.actoin)");
    }

    [TestCase("publish: {x: <% $.y + %>}", 29, "wf.tasks.t.publish.x")]
    [TestCase("publish: {x: 'é <% $.y + %>'}", 32, "wf.tasks.t.publish.x")]
    [TestCase("action: std.echo output=<% $.y + %>", 40, "wf.tasks.t.action.output")]
    [TestCase("on-success: [a: <% $.y + %>]", 32, "wf.tasks.t.on-success[0].a")]
    [TestCase("on-error: fail msg=\"no <% $.y + %>\"", 39, "wf.tasks.t.on-error")]
    [TestCase("with-items: i in <% $.y + %>", 33, "wf.tasks.t.with-items")]
    [TestCase("timeout: <% $.y + %>", 25, "wf.tasks.t.timeout")]
    public void A_fault_inside_an_expression_lies_inside_its_line(string attribute, int column, string path)
    {
        var fault = Documents.FaultOfTask(attribute);
        fault.ShouldLieAt(5, column, path);
        fault.Reason.Should().Contain("cannot be read");
    }

    [Test]
    public void A_fault_inside_an_expression_of_several_lines_lies_in_the_right_one()
    {
        var fault = Documents.FaultOfTask("publish:\n  x: |\n    one\n    two <% $.y + %>\n    three");
        fault.ShouldLieAt(8, 24, "wf.tasks.t.publish.x");
    }

    [Test]
    public void Expressions_in_nested_data_are_checked_too()
    {
        var faults = Documents.FaultsOf(Documents.WithTask("input:\n  a: [1, {b: <% $. %>}]\n  c: <% $( %>\npublish-on-error: {d: ['{{ }}']}"));
        faults.Select(f => f.Path).Should().Equal("wf.tasks.t.input.a[1].b", "wf.tasks.t.input.c", "wf.tasks.t.publish-on-error.d[0]");
    }

    [Test]
    public void Both_languages_in_one_line_are_refused() =>
        Documents.FaultOfTask("publish: {x: \"<% $.a %> {{ _.b }}\"}").Path.Should().Be("wf.tasks.t.publish.x");

    [Test]
    public void Both_languages_in_one_document_are_fine() =>
        Documents.ReadTask("publish: {x: <% $.a %>, y: \"{{ _.b }}\"}").PublishOnSuccess.Should().NotBeNull();

    [Test]
    public void A_workflow_that_cannot_start_is_refused_at_its_tasks() =>
        Documents.FaultOf(Documents.WithTasks("a: {on-success: b}\nb: {on-success: a}")).ShouldLieAt(4, 5, "wf.tasks");

    [Test]
    public void A_join_that_can_never_be_met_is_refused_at_the_join() =>
        Documents.FaultOf(Documents.WithTasks("a: {on-success: b}\nb:\n  join: 2")).ShouldLieAt(6, 13, "wf.tasks.b.join");
}
