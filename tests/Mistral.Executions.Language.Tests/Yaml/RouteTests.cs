namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>Routes and what they publish.</summary>
public sealed class RouteTests
{
    [TestCase("a", "a")]
    [TestCase("[a, b]", "a,b")]
    [TestCase("{next: a}", "a")]
    [TestCase("{next: [a, b]}", "a,b")]
    [TestCase("[a, fail, succeed, pause, noop]", "a,fail,succeed,pause,noop")]
    public void A_clause_names_one_target_or_several(string clause, string targets)
    {
        foreach (var (attribute, kind) in new[] { ("on-success", RouteKind.OnSuccess), ("on-error", RouteKind.OnError), ("on-complete", RouteKind.OnComplete), ("on-skip", RouteKind.OnSkip) })
        {
            var task = Documents.ReadTask($"{attribute}: {clause}");
            task.Routes(kind).Select(r => r.Target).Should().Equal(targets.Split(','));
            task.Routes(kind).Should().OnlyContain(r => r.Guard == null && r.Message == null);
        }
    }

    [TestCase("[a: <% $.x %>]")]
    [TestCase("{next: [a: <% $.x %>]}")]
    [TestCase("{a: <% $.x %>}")]
    [TestCase("{next: {a: <% $.x %>}}")]
    public void A_target_can_have_a_guard(string clause)
    {
        var route = Documents.ReadTask($"on-success: {clause}").OnSuccess.Should().ContainSingle().Subject;
        route.Target.Should().Be("a");
        route.Guard!.Text.Should().Be("<% $.x %>");
    }

    [TestCase("fail msg=\"no way\"")]
    [TestCase("fail(msg='no way')")]
    [TestCase("fail( msg='no way' )")]
    public void An_engine_command_can_have_a_message(string command)
    {
        var route = Documents.ReadTask($"on-error: {command}").OnError.Should().ContainSingle().Subject;
        route.Target.Should().Be("fail");
        route.Message.Constant().Should().Be((JsonData)"no way");
    }

    [Test]
    public void A_message_can_be_an_expression_and_the_command_guarded()
    {
        var route = Documents.ReadTask("on-error:\n  - fail(msg=<% task().result %>): <% $.x %>").OnError.Should().ContainSingle().Subject;
        route.Message!.Text.Should().Be("<% task().result %>");
        route.Guard!.Text.Should().Be("<% $.x %>");
    }

    [Test]
    public void Publish_goes_to_the_branch_after_the_state_it_names()
    {
        var task = Documents.ReadTask("publish: {s: 1}\npublish-on-error: {e: 2}\npublish-on-skip: {k: 3}");
        task.PublishOnSuccess!.Branch.Constant().Should().Be(Documents.Json("{'s':1}"));
        task.PublishOnError!.Branch.Constant().Should().Be(Documents.Json("{'e':2}"));
        task.PublishOnSkip!.Branch.Constant().Should().Be(Documents.Json("{'k':3}"));
        task.PublishOnSuccess.Global.Should().BeNull();
        Documents.ReadTask("action: std.noop").PublishOnSuccess.Should().BeNull();
    }

    [Test]
    public void A_clause_can_publish_to_the_branch_and_globally()
    {
        var publish = Documents.ReadTask("on-success: {publish: {branch: {b: 1}, global: {g: <% $.x %>}, atomic: {n: 1}}, next: a}").PublishOnSuccess!;
        publish.Branch.Constant().Should().Be(Documents.Json("{'b':1}"));
        publish.Global!.Text.Should().Contain("<% $.x %>");
        Documents.ReadTask("on-success: {publish: {atomic: {n: 1}}}").PublishOnSuccess.Should().BeNull();
    }

    [Test]
    public void The_publish_of_the_task_wins_over_on_complete_loses_to_it_and_both_win_over_the_clause_of_the_state()
    {
        var task = Documents.ReadTask("""
            publish: {a: task, b: task, c: task, m: {x: task}}
            publish-on-error: {a: error}
            on-complete: {publish: {branch: {b: complete, m: {y: complete}}}}
            on-success: {publish: {branch: {c: state, d: state}}}
            """);
        task.PublishOnSuccess!.Branch.Constant().Should().Be(Documents.Json("{'a':'task','b':'complete','c':'task','d':'state','m':{'x':'task','y':'complete'}}"));
        task.PublishOnError!.Branch.Constant().Should().Be(Documents.Json("{'a':'error','b':'complete','m':{'y':'complete'}}"));
        task.PublishOnSkip!.Branch.Constant().Should().Be(Documents.Json("{'b':'complete','m':{'y':'complete'}}"));
    }

    [Test]
    public void A_section_that_the_clause_of_the_state_does_not_have_is_lost_as_in_mistral()
    {
        var task = Documents.ReadTask("""
            publish: {a: 1}
            on-complete: {publish: {global: {g: 1}}}
            on-success: {publish: {global: {h: 2}}}
            on-error: {publish: {branch: {e: 3}}}
            """);
        task.PublishOnSuccess!.Branch.Should().BeNull();
        task.PublishOnSuccess.Global.Constant().Should().Be(Documents.Json("{'h':2}"));
        task.PublishOnError!.Branch.Constant().Should().Be(Documents.Json("{'e':3}"));
        task.PublishOnError.Global.Should().BeNull();
        task.PublishOnSkip!.Global.Constant().Should().Be(Documents.Json("{'g':1}"));
    }

    [TestCase("null", "wf.tasks.t.on-success", "a text")]
    [TestCase("''", "wf.tasks.t.on-success", "a text")]
    [TestCase("[]", "wf.tasks.t.on-success", "an empty list")]
    [TestCase("{}", "wf.tasks.t.on-success", "an empty mapping")]
    [TestCase("['']", "wf.tasks.t.on-success[0]", "a text")]
    [TestCase("[a, a]", "wf.tasks.t.on-success[1]", "twice")]
    [TestCase("[a, 1]", "wf.tasks.t.on-success[1]", "a text")]
    [TestCase("[[a]]", "wf.tasks.t.on-success[0]", "the name of a task or engine command")]
    [TestCase("[{a: <% 1 %>, b: <% 2 %>}]", "wf.tasks.t.on-success[0]", "one name with its guard")]
    [TestCase("[a: b]", "wf.tasks.t.on-success[0].a", "a guard")]
    [TestCase("[a: true]", "wf.tasks.t.on-success[0].a", "a guard")]
    [TestCase("{next: {a: x}}", "wf.tasks.t.on-success.next.a", "a guard")]
    [TestCase("{next: a, publsh: {branch: {x: 1}}}", "wf.tasks.t.on-success.publsh", "did you mean 'publish'?")]
    [TestCase("{publish: {x: 1}}", "wf.tasks.t.on-success.publish.x", "known are branch, global, atomic")]
    [TestCase("{publish: {}}", "wf.tasks.t.on-success.publish", "branch, global or atomic")]
    [TestCase("{publish: {branch: {}}}", "wf.tasks.t.on-success.publish.branch", "at least one member")]
    [TestCase("nowhere", "wf.tasks.t.on-success", "neither a task nor an engine command")]
    [TestCase("[a, fial]", "wf.tasks.t.on-success[1]", "neither a task nor an engine command")]
    [TestCase("{next: [a, nowhere]}", "wf.tasks.t.on-success.next[1]", "neither a task nor an engine command")]
    [TestCase("<% $.next %>", "wf.tasks.t.on-success", "neither a task nor an engine command")]
    public void A_clause_that_leads_nowhere_is_refused(string clause, string path, string expected)
    {
        var fault = Documents.FaultOfTask($"on-success: {clause}");
        fault.Path.Should().Be(path);
        fault.Line.Should().Be(5);
        fault.Reason.Should().Contain(expected);
    }
}
