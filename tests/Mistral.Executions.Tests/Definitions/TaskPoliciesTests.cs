namespace Mistral.Executions.Tests.Definitions;

public sealed class TaskPoliciesTests
{
    private static readonly TaskPolicies Defaults = new()
    {
        PauseBefore = Constant(true),
        WaitBefore = Constant(1),
        WaitAfter = Constant(2),
        FailOn = Constant(true),
        Timeout = Constant(3),
        Concurrency = Constant(4),
        SafeRerun = Constant(true),
        Retry = new() { Count = Constant(5), Delay = Constant(6) },
    };

    [Test]
    public void Each_policy_comes_from_the_defaults_where_the_task_says_nothing() =>
        TaskPolicies.None.Over(Defaults).Should().Be(Defaults);

    [Test]
    public void Each_policy_of_the_task_wins_on_its_own()
    {
        var own = new TaskPolicies { WaitAfter = Constant(9), SafeRerun = Constant(false), Retry = new() { Count = Constant(0), Delay = Constant(0) } };

        var policies = own.Over(Defaults);

        policies.Should().Be(Defaults with { WaitAfter = own.WaitAfter, SafeRerun = own.SafeRerun, Retry = own.Retry });
    }

    [Test]
    public void A_constant_that_switches_a_policy_off_says_nothing_as_in_Mistral()
    {
        var own = new TaskPolicies
        {
            PauseBefore = Constant(false),
            WaitBefore = Constant(0),
            WaitAfter = Constant(0.0),
            FailOn = Constant(false),
            Timeout = Constant(0),
            Concurrency = Constant(0),
        };

        own.Over(Defaults).Should().Be(Defaults);
    }

    private static ConstantExpression Constant(JsonData value) => new(value);
}
