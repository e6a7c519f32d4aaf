namespace Mistral.Executions.Tests.Definitions;

public sealed class DefinitionCheckTests
{
    private static readonly WorkflowContent Sound = new() { Name = "order", Tasks = [Task("a")] };

    [Test]
    public void A_sound_workflow_has_no_faults() => DefinitionCheck.FaultsOf(Sound).Should().BeEmpty();

    // An attribute cannot hold half a surrogate pair.
    private static readonly string[][] NamesThatCannotBeKept = [["", "*empty*"], ["a\0b", "*U+0000*"], ["a\ud800", "*surrogate*"], ["\udc00\ud800", "*surrogate*"]];

    [TestCaseSource(nameof(NamesThatCannotBeKept))]
    public void A_name_that_cannot_be_kept_is_refused_wherever_it_stands(string name, string reason)
    {
        One(Sound with { Name = name }).Should().Match(reason);
        One(Sound with { Tasks = [Task(name)] }).Should().Match(reason);
        One(Sound with { Input = [new(name)] }).Should().Match(reason);
        One(Sound with { Tasks = [Task("a") with { WithItems = [new(name, Constant(JsonList.Empty))] }] }).Should().Match(reason);
    }

    [Test]
    public void A_name_with_quotes_control_characters_and_255_letters_is_sound()
    {
        var name = "'\"\u0001\n😀" + new string('é', 250);

        DefinitionCheck.FaultsOf(Sound with { Name = name, Tasks = [Task(name)] }).Should().BeEmpty();
    }

    [Test]
    public void A_name_of_256_letters_is_too_long()
    {
        One(Sound with { Name = new string('n', 256) }).Should().Match("*256 letters; 255*");
        One(Sound with { Namespace = new string('n', 256) }).Should().Match("*256 letters; 255*");
        One(Sound with { Tasks = [Task(new string('n', 256))] }).Should().Match("*256 letters; 255*");
    }

    [Test]
    public void The_name_of_a_task_with_a_join_has_208_letters_at_the_most()
    {
        WorkflowContent Joined(int length) => Sound with { Tasks = [Task("a", new string('j', length)), Task(new string('j', length)) with { Join = JoinCondition.All }] };

        DefinitionCheck.FaultsOf(Joined(208)).Should().BeEmpty();
        One(Joined(209)).Should().Match("*with a join*209 letters; 208*");
    }

    [TestCase("6ba7b810-9dad-11d1-80b4-00c04fd430c8")]
    [TestCase("6BA7B8109DAD11D180B400C04FD430C8")]
    [TestCase("{6ba7b810-9dad-11d1-80b4-00c04fd430c8}")]
    [TestCase("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8")]
    public void The_name_of_a_workflow_cannot_have_the_form_of_a_UUID(string name) => One(Sound with { Name = name }).Should().Contain("UUID");

    [TestCase("6ba7b810-9dad-11d1-80b4-00c04fd430c")]
    [TestCase("order-6ba7b810-9dad-11d1-80b4-00c04fd430c8")]
    public void A_name_that_only_resembles_a_UUID_is_sound(string name) => DefinitionCheck.FaultsOf(Sound with { Name = name }).Should().BeEmpty();

    [TestCase("noop")]
    [TestCase("fail")]
    [TestCase("succeed")]
    [TestCase("pause")]
    public void A_task_cannot_have_the_name_of_an_engine_command(string name) =>
        One(Sound with { Tasks = [Task(name)] }).Should().Match($"'{name}' is an engine command*");

    [Test]
    public void A_name_may_stand_only_once()
    {
        One(Sound with { Tasks = [Task("a"), Task("b"), Task("a")] }).Should().Match("*several tasks*");
        One(Sound with { Input = [new("x"), new("y"), new("x")] }).Should().Match("*several parameters 'x'*");
        One(Sound with { Tasks = [Task("a") with { WithItems = [new("i", Constant(JsonList.Empty)), new("i", Constant(JsonList.Empty))] }] }).Should().Match("*several items 'i'*");
    }

    [Test]
    public void A_workflow_needs_a_task() => One(Sound with { Tasks = [] }).Should().Match("*no tasks*");

    [Test]
    public void A_direct_workflow_needs_a_task_to_start_with() =>
        One(Sound with { Tasks = [Task("a", "b"), Task("b", "a")] }).Should().Match("*no task to start with*");

    [Test]
    public void A_task_runs_an_action_or_a_workflow_and_not_both()
    {
        One(Sound with { Tasks = [new() { Name = "a" }] }).Should().Match("*neither*");
        One(Sound with { Tasks = [Task("a") with { Workflow = Constant("w") }] }).Should().Match("*both*");
    }

    [Test]
    public void A_constant_that_can_never_be_right_is_refused()
    {
        One(Sound with { Variables = Constant(1) }).Should().Match("'vars' is 1; it must be an object*");
        One(Sound with { Output = Constant("x") }).Should().Match("'output'*object*");
        One(Sound with { OutputOnError = Constant(JsonList.Empty) }).Should().Match("'output-on-error'*object*");
        One(Sound with { Tasks = [Task("a") with { Action = Constant(1) }] }).Should().Match("'action' is 1*name*");
        One(Sound with { Tasks = [Task("a") with { Action = Constant("") }] }).Should().Match("'action'*name*");
        One(Sound with { Tasks = [new() { Name = "a", Workflow = Constant(default(JsonData)) }] }).Should().Match("'workflow' is null*name*");
        One(Sound with { Tasks = [Task("a") with { Input = Constant(new string('x', 100)) }] }).Should().Match("'input' is \"xxx*…; it must be an object*");
        One(Sound with { Tasks = [Task("a") with { Target = Constant(5) }] }).Should().Match("'target'*name*");
        One(Sound with { Tasks = [Task("a") with { KeepResult = Constant("no") }] }).Should().Match("'keep-result'*true or false*");
        One(Sound with { Tasks = [Task("a") with { PublishOnSuccess = new() { Branch = Constant(1) } }] }).Should().Match("'publish'*object*");
        One(Sound with { Tasks = [Task("a") with { PublishOnError = new() { Global = Constant(1) } }] }).Should().Match("'publish-on-error'*object*");
        One(Sound with { Tasks = [Task("a") with { PublishOnSkip = new() { Branch = Constant(1) } }] }).Should().Match("'publish-on-skip'*object*");
    }

    [Test]
    public void A_policy_takes_only_values_that_it_can_use()
    {
        JsonData[] noDelay = [-1, -0.5, double.NaN, "5", true, default(JsonData), JsonData.Parse("1e400")];
        JsonData[] noCount = [-1, 1.0, "5", true, default(JsonData), int.MaxValue + 1L];
        JsonData[] noCondition = [0, "true", default(JsonData)];

        noDelay.Should().AllSatisfy(v => Policy(new() { WaitBefore = Constant(v) }).Should().Match("'wait-before' is *seconds*"));
        noDelay.Should().AllSatisfy(v => Policy(new() { WaitAfter = Constant(v) }).Should().Match("'wait-after' is *seconds*"));
        noDelay.Should().AllSatisfy(v => Policy(new() { Timeout = Constant(v) }).Should().Match("'timeout' is *seconds*"));
        noDelay.Should().AllSatisfy(v => Policy(new() { Retry = Retry() with { Delay = Constant(v) } }).Should().Match("'retry.delay' is *seconds*"));
        noCount.Should().AllSatisfy(v => Policy(new() { Retry = Retry() with { Count = Constant(v) } }).Should().Match("'retry.count' is *whole number*"));
        noCount.Should().AllSatisfy(v => Policy(new() { Concurrency = Constant(v) }).Should().Match("'concurrency' is *whole number*"));
        noCondition.Should().AllSatisfy(v => Policy(new() { PauseBefore = Constant(v) }).Should().Match("'pause-before' is *true or false*"));
        noCondition.Should().AllSatisfy(v => Policy(new() { FailOn = Constant(v) }).Should().Match("'fail-on' is *true or false*"));
        noCondition.Should().AllSatisfy(v => Policy(new() { SafeRerun = Constant(v) }).Should().Match("'safe-rerun' is *true or false*"));
        noCondition.Should().AllSatisfy(v => Policy(new() { Retry = Retry() with { BreakOn = Constant(v) } }).Should().Match("'retry.break-on' is *true or false*"));
        noCondition.Should().AllSatisfy(v => Policy(new() { Retry = Retry() with { ContinueOn = Constant(v) } }).Should().Match("'retry.continue-on' is *true or false*"));
        Policy(new() { Retry = Retry() with { Backoff = new(0.5, TimeSpan.Zero) } }).Should().Match("*factor*1 or more*");
        Policy(new() { Retry = Retry() with { Backoff = new(double.NaN, TimeSpan.Zero) } }).Should().Match("*factor*1 or more*");
        Policy(new() { Retry = Retry() with { Backoff = new(2, TimeSpan.FromSeconds(-1)) } }).Should().Match("*longest delay*");
        Policy(new() { Retry = Retry() with { Backoff = new(2, TimeSpan.Zero, 1.5) } }).Should().Match("*jitter*between 0 and 1*");
    }

    [Test]
    public void Policies_with_sound_values_or_expressions_have_no_faults()
    {
        var computed = new DelegateExpression("x", _ => -1);
        var policies = new TaskPolicies
        {
            PauseBefore = Constant(true),
            WaitBefore = Constant(0),
            WaitAfter = Constant(0.25),
            FailOn = computed,
            Timeout = computed,
            Concurrency = Constant(0),
            SafeRerun = Constant(false),
            Retry = Retry() with { Count = computed, BreakOn = computed, Backoff = new(1, DefinitionCheck.LongestDelay, 1) },
        };

        DefinitionCheck.FaultsOf(Sound with { Tasks = [Task("a") with { Policies = policies }] }).Should().BeEmpty();
    }

    [Test]
    public void Faults_come_in_the_order_of_the_definition_each_with_its_place()
    {
        var faults = DefinitionCheck.FaultsOf(new()
        {
            Name = "",
            Input = [new("x"), new("x")],
            Tasks = [Task("a", "b", "c") with { Policies = new() { Timeout = Constant(-1) } }, Task("b") with { Join = new JoinCondition(2) }],
        });

        faults.Select(f => (f.Task, f.Attribute)).Should().Equal((null, null), (null, "input[1]"), ("a", "timeout"), ("a", "on-success[1]"), ("b", "join"));
        faults.Should().OnlyContain(f => f.Workflow == "");
    }

    internal static ConstantExpression Constant(JsonData value) => new(value);

    internal static TaskDefinition Task(string name, params string[] onSuccess) =>
        new() { Name = name, Action = Constant("std.noop"), OnSuccess = [.. onSuccess.Select(t => new RouteDefinition(t))] };

    internal static string One(WorkflowContent content) => DefinitionCheck.FaultsOf(content).Should().ContainSingle().Subject.Reason;

    private static string Policy(TaskPolicies policies) => One(Sound with { Tasks = [Task("a") with { Policies = policies }] });

    private static RetryPolicy Retry() => new() { Count = Constant(1), Delay = Constant(1) };
}
