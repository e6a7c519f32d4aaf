namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>Policies and <c>task-defaults</c>.</summary>
public sealed class PolicyTests
{
    [Test]
    public void Policies_are_numbers_booleans_or_expressions()
    {
        var policies = Documents.ReadTask("wait-before: 1\nwait-after: 2.0\ntimeout: <% $.t %>\nconcurrency: 4\npause-before: yes\nfail-on: <% $.f %>\nsafe-rerun: false").Policies;
        policies.WaitBefore.Constant().Should().Be((JsonData)1);
        policies.WaitAfter.Constant().Should().Be((JsonData)2);
        policies.Timeout!.Text.Should().Be("<% $.t %>");
        policies.Concurrency.Constant().Should().Be((JsonData)4);
        policies.PauseBefore.Constant().Should().Be((JsonData)true);
        policies.FailOn!.Text.Should().Be("<% $.f %>");
        policies.SafeRerun.Constant().Should().Be((JsonData)false);
        policies.Retry.Should().BeNull();
        Documents.ReadTask("action: std.noop").Policies.Should().Be(TaskPolicies.None);
    }

    [TestCase("{count: 3, delay: 1, break-on: <% $.b %>, continue-on: <% $.c %>}")]
    [TestCase("count=3 delay=1 break-on=<% $.b %> continue-on=<% $.c %>")]
    public void A_retry_is_a_mapping_or_a_line(string retry)
    {
        var policy = Documents.ReadTask($"retry: {retry}").Policies.Retry!;
        policy.Count.Constant().Should().Be((JsonData)3);
        policy.Delay.Constant().Should().Be((JsonData)1);
        policy.BreakOn!.Text.Should().Be("<% $.b %>");
        policy.ContinueOn!.Text.Should().Be("<% $.c %>");
    }

    [Test]
    public void The_numbers_of_a_retry_can_be_expressions()
    {
        var policy = Documents.ReadTask("retry: {count: <% $.n %>, delay: <% $.d %>}").Policies.Retry!;
        policy.Count.Text.Should().Be("<% $.n %>");
        policy.Delay.Text.Should().Be("<% $.d %>");
        policy.BreakOn.Should().BeNull();
    }

    [TestCase("wait-before: -1", "wf.tasks.t.wait-before", "a whole number from 0, or an expression")]
    [TestCase("wait-after: 1.5", "wf.tasks.t.wait-after", "a whole number from 0, or an expression")]
    [TestCase("timeout: '1'", "wf.tasks.t.timeout", "a whole number from 0, or an expression")]
    [TestCase("timeout: true", "wf.tasks.t.timeout", "a whole number from 0, or an expression")]
    [TestCase("concurrency: null", "wf.tasks.t.concurrency", "a whole number from 0, or an expression")]
    [TestCase("pause-before: 'False'", "wf.tasks.t.pause-before", "true, false or an expression")]
    [TestCase("pause-before: x <% $.y %>", "wf.tasks.t.pause-before", "true, false or an expression")]
    [TestCase("fail-on: 1", "wf.tasks.t.fail-on", "true, false or an expression")]
    [TestCase("safe-rerun: null", "wf.tasks.t.safe-rerun", "true, false or an expression")]
    [TestCase("retry: null", "wf.tasks.t.retry", "count and delay")]
    [TestCase("retry: 3", "wf.tasks.t.retry", "count and delay")]
    [TestCase("retry: {count: -3, delay: 1}", "wf.tasks.t.retry.count", "a whole number")]
    [TestCase("retry: {count: 3, delay: '1'}", "wf.tasks.t.retry.delay", "a whole number")]
    [TestCase("retry: {count: 3}", "wf.tasks.t.retry", "'retry' needs 'delay'")]
    [TestCase("retry: delay=1 cnt=3", "wf.tasks.t.retry", "'retry' needs 'count'")]
    [TestCase("retry: count=3 delay=-1", "wf.tasks.t.retry", "'retry' needs 'delay'")]
    [TestCase("retry: {count: 3, delay: 1, break-on: true}", "wf.tasks.t.retry.break-on", "an expression")]
    [TestCase("retry: {count: 3, delay: 1, brake-on: <% 1 %>}", "wf.tasks.t.retry.brake-on", "did you mean 'break-on'?")]
    [TestCase("wait-before: 99999999999", "wf.tasks.t.wait-before", "seconds")]
    public void What_a_policy_cannot_be_is_refused(string policy, string path, string expected)
    {
        var fault = Documents.FaultsOf(Documents.WithTask(policy)).Should().ContainSingle(f => f.Path == path).Subject;
        fault.Line.Should().Be(5);
        fault.Reason.Should().Contain(expected);
    }

    [Test]
    public void Defaults_hold_for_every_task_that_does_not_say_otherwise()
    {
        var workflow = Documents.ReadWorkflow("""
            version: '2.0'
            wf:
              task-defaults:
                timeout: 10
                wait-before: 5
                pause-before: true
                safe-rerun: true
                retry: count=1 delay=2
                on-error: [handle, fail: <% $.x %>]
                on-success: {publish: {branch: {lost: 1}}, next: last}
              tasks:
                plain: {action: std.noop}
                own:
                  timeout: 20
                  wait-before: 0
                  pause-before: false
                  safe-rerun: false
                  retry: {count: 3, delay: 4}
                  on-error: last
                  on-success: {publish: {branch: {kept: 1}}}
                handle: {on-success: noop}
                last: {action: std.noop}
            """);
        var (plain, own) = (workflow.FindTask("plain")!, workflow.FindTask("own")!);
        plain.Policies.Timeout.Constant().Should().Be((JsonData)10);
        plain.Policies.SafeRerun.Constant().Should().Be((JsonData)true);
        plain.Policies.Retry!.Count.Constant().Should().Be((JsonData)1);
        plain.OnError.Select(r => r.Target).Should().Equal("handle", "fail");
        plain.OnSuccess.Select(r => r.Target).Should().Equal("last");
        plain.PublishOnSuccess.Should().BeNull("what defaults publish is lost in Mistral");

        own.Policies.Timeout.Constant().Should().Be((JsonData)20);
        own.Policies.SafeRerun.Constant().Should().Be((JsonData)false);
        own.Policies.Retry!.Count.Constant().Should().Be((JsonData)3);
        own.Policies.WaitBefore.Constant().Should().Be((JsonData)5, "a policy of 0 is none");
        own.Policies.PauseBefore.Constant().Should().Be((JsonData)true, "a policy that is false is none");
        own.OnError.Select(r => r.Target).Should().Equal("last");
        own.OnSuccess.Select(r => r.Target).Should().Equal(["last"], "a clause without targets leaves the default");
        own.PublishOnSuccess!.Branch.Constant().Should().Be(Documents.Json("{'kept':1}"));

        workflow.FindTask("handle")!.OnError.Select(r => r.Target).Should().Equal(["fail"], "no default leads to the task itself");
        workflow.FindTask("last")!.OnSuccess.Should().BeEmpty();
        plain.Specification.ContainsKey("timeout").Should().BeFalse();
    }

    [Test]
    public void Required_tasks_of_the_defaults_are_added_in_a_reverse_workflow()
    {
        var workflow = Documents.ReadWorkflow("version: '2.0'\nwf: {type: reverse, task-defaults: {requires: a}, tasks: {a: {action: std.noop}, b: {action: std.noop}, c: {requires: [b]}}}");
        workflow.Tasks.Select(t => string.Join(',', t.Requires)).Should().Equal("", "a", "b,a");
    }

    [Test]
    public void A_fault_of_a_default_lies_at_the_default()
    {
        var faults = Documents.FaultsOf("version: '2.0'\nwf:\n  task-defaults:\n    on-error:\n      - b\n      - nowhere\n  tasks:\n    a: {action: std.noop}\n    b: {action: std.noop}");
        faults.Should().HaveCount(2).And.OnlyContain(f => f.Line == 6 && f.Path == "wf.task-defaults.on-error[1]");
        faults.Select(f => f.Task).Should().Equal("a", "b");
    }
}
