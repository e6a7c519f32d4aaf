namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>The attributes of a task, apart from routes, publishing and policies.</summary>
public sealed class TaskAttributeTests
{
    [Test]
    public void A_task_without_action_and_workflow_runs_noop()
    {
        var task = Documents.ReadTask("description: nothing\ntags: [x]");
        task.Action.Constant().Should().Be((JsonData)"std.noop");
        task.Workflow.Should().BeNull();
        task.Input.Should().BeNull();
        task.Description.Should().Be("nothing");
        task.Tags.Should().Equal("x");
        task.Specification["type"].Should().Be((JsonData)"direct");
        task.Specification.ContainsKey("action").Should().BeFalse();
    }

    [Test]
    public void An_action_can_have_its_parameters_in_its_line()
    {
        var task = Documents.ReadTask("action: std.echo output=\"hi\" n=1");
        task.Action.Constant().Should().Be((JsonData)"std.echo");
        task.Input.Constant().Should().Be(Documents.Json("{'output':'hi','n':1}"));
    }

    [Test]
    public void A_workflow_can_have_its_parameters_in_its_line()
    {
        var task = Documents.ReadTask("workflow: sub.wf a='x'");
        task.Action.Should().BeNull();
        task.Workflow.Constant().Should().Be((JsonData)"sub.wf");
        task.Input.Constant().Should().Be(Documents.Json("{'a':'x'}"));
    }

    [Test]
    public void Of_a_parameter_given_twice_the_one_in_the_line_counts_and_mappings_are_merged() =>
        Documents.ReadTask("action: a x=1 l=[1]\ninput: {x: 2, y: 3, l: [2]}").Input.Constant().Should().Be(Documents.Json("{'x':1,'y':3,'l':[1]}"));

    [Test]
    public void The_name_and_the_whole_input_can_be_expressions()
    {
        var task = Documents.ReadTask("action: <% $.name %>\ninput: <% $.all %>");
        task.Action!.Text.Should().Be("<% $.name %>");
        task.Input!.Text.Should().Be("<% $.all %>");
        Documents.ReadTask("workflow: \"{{ _.name }}\"").Workflow!.Text.Should().Be("{{ _.name }}");
        Documents.ReadTask("action: <% $.name %> x=1").Input.Constant().Should().Be(Documents.Json("{'x':1}"));
    }

    [Test]
    public void Items_come_from_one_line_or_several()
    {
        Documents.ReadTask("with-items: i in [1, 2]").WithItems.Should().ContainSingle().Which.Collection.Constant().Should().Be(Documents.Json("[1,2]"));
        var items = Documents.ReadTask("with-items:\n  - i in <% $.x %>\n  - j in {{ _.y }}\n  - k in [\"<% $.z %>\"]").WithItems;
        items.Select(i => i.Name).Should().Equal("i", "j", "k");
        items[0].Collection.Text.Should().Be("<% $.x %>");
        items[1].Collection.Text.Should().Be("{{ _.y }}");
        items[2].Collection.Should().NotBeOfType<ConstantExpression>();
    }

    [TestCase("all", null)]
    [TestCase("one", 1)]
    [TestCase("1", 1)]
    public void A_join_is_all_one_or_a_number(string join, int? count) =>
        Documents.ReadWorkflow(Documents.WithTasks($"a: {{on-success: [t]}}\nt: {{join: {join}}}")).FindTask("t")!.Join.Should().Be(new JoinCondition(count));

    [Test]
    public void A_join_of_0_is_none() => Documents.ReadTask("join: 0").Join.Should().BeNull();

    [Test]
    public void Target_and_keep_result_can_be_expressions()
    {
        var constant = Documents.ReadTask("target: host1\nkeep-result: no");
        constant.Target.Constant().Should().Be((JsonData)"host1");
        constant.KeepResult.Constant().Should().Be((JsonData)false);
        var task = Documents.ReadTask("target: <% $.host %>\nkeep-result: <% $.keep %>");
        task.Target!.Text.Should().Be("<% $.host %>");
        task.KeepResult!.Text.Should().Be("<% $.keep %>");
        Documents.ReadTask("action: std.noop").KeepResult.Should().BeNull();
    }

    [TestCase("requires: a", "a")]
    [TestCase("requires: [a, b]", "a,b")]
    public void A_task_of_a_reverse_workflow_names_what_it_requires(string requires, string names) =>
        Documents.ReadWorkflow(Documents.WithTask(requires).Replace("wf:", "wf:\n  type: reverse")).FindTask("t")!.Requires.Should().Equal(names.Split(','));

    [TestCase("action: 1", "a text")]
    [TestCase("action: ''", "a text")]
    [TestCase("action:", "a text")]
    [TestCase("workflow: [x]", "a text")]
    [TestCase("action: a\nworkflow: b", "not both")]
    [TestCase("action: = x=1", "does not start with a name")]
    [TestCase("input: ''", "a text")]
    [TestCase("input: {}", "at least one parameter")]
    [TestCase("input: null", "at least one parameter")]
    [TestCase("input: [a]", "at least one parameter")]
    [TestCase("action: a x=1\ninput: <% $.x %>", "cannot have parameters in this line")]
    [TestCase("with-items: ''", "a text")]
    [TestCase("with-items: []", "name in collection")]
    [TestCase("with-items: 1", "a text")]
    [TestCase("with-items: {i: [1]}", "name in collection")]
    [TestCase("with-items: x in y", "name in collection")]
    [TestCase("with-items: i in [1,,3]", "no JSON")]
    [TestCase("with-items: [i in <% $.x %>, i in <% $.x %>]", "twice")]
    [TestCase("join: ''", "all, one or a whole number")]
    [TestCase("join: '2'", "all, one or a whole number")]
    [TestCase("join: -1", "all, one or a whole number")]
    [TestCase("join: any", "all, one or a whole number")]
    [TestCase("keep-result: x", "true, false or an expression")]
    [TestCase("keep-result: 1", "true, false or an expression")]
    [TestCase("target: ''", "a text")]
    [TestCase("target: 1", "a text")]
    [TestCase("tags: x", "a list of texts")]
    [TestCase("description: ''", "a text")]
    [TestCase("description: 1", "a text")]
    [TestCase("requires: a", "A task of a direct workflow has no attribute 'requires'")]
    [TestCase("on-sucess: a", "did you mean 'on-success'?")]
    [TestCase("publish: {}", "at least one member")]
    [TestCase("publish: x", "at least one member")]
    [TestCase("publish-on-error: null", "at least one member")]
    [TestCase("publish-on-skip: [a]", "at least one member")]
    public void What_an_attribute_cannot_be_is_refused(string attributes, string expected) =>
        Documents.FaultsOf(Documents.WithTask(attributes)).Should().Contain(f => f.Workflow == "wf" && f.Task == "t" && f.Line >= 5 && f.Reason.Contains(expected));

    [Test]
    public void A_task_of_a_reverse_workflow_has_no_routes_and_joins()
    {
        var text = Documents.WithTask("on-success: a\njoin: all\non-error: b").Replace("wf:", "wf:\n  type: reverse");
        Documents.FaultsOf(text).Select(f => f.Path).Should().Equal("wf.tasks.t.on-success", "wf.tasks.t.join", "wf.tasks.t.on-error");
    }

    [TestCase("1")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("std.noop")]
    public void A_task_must_be_a_mapping(string task) =>
        Documents.FaultOf(Documents.WithTasks($"t: {task}\na: {{on-success: t}}")).ShouldLieAt(4, 8, "wf.tasks.t");
}
