using Microsoft.Extensions.Time.Testing;
using Mistral.Executions.Actions;
using Mistral.Executions.Actions.Standard;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Tests.Actions;

public sealed class StandardActionsTests
{
    private static readonly ActionRegistry Standard = ActionRegistry.Of(StandardActions.All);

    [Test]
    public void The_standard_actions_do_not_reach_the_network()
    {
        StandardActions.All.Select(action => action.Name).Should().BeEquivalentTo(
            "std.noop", "std.async_noop", "std.echo", "std.fail", "std.test_dict", "std.sleep");
    }

    [TestCase("std.noop", "{}", ActionMode.Inline)]
    [TestCase("std.async_noop", "{}", ActionMode.Outside)]
    [TestCase("std.echo", """{"output": 1}""", ActionMode.Inline)]
    [TestCase("std.echo", """{"output": 1, "delay": 0}""", ActionMode.Inline)]
    [TestCase("std.echo", """{"output": 1, "delay": -1}""", ActionMode.Inline)]
    [TestCase("std.echo", """{"output": 1, "delay": "soon"}""", ActionMode.Inline)]
    [TestCase("std.echo", """{"output": 1, "delay": 0.5}""", ActionMode.Body)]
    [TestCase("std.echo", """{"output": 1, "delay": "2"}""", ActionMode.Body)]
    [TestCase("std.fail", "{}", ActionMode.Inline)]
    [TestCase("std.test_dict", "{}", ActionMode.Inline)]
    [TestCase("std.sleep", "{}", ActionMode.Body)]
    public void What_is_instant_runs_inline(string name, string input, object mode)
    {
        Find(name).ModeFor(JsonData.Parse(input).AsObject()).Should().Be((ActionMode)mode);
        Find(name).IsSafeToRerun(JsonMap.Empty).Should().BeTrue();
    }

    [TestCase("std.noop", """{"x": 1}""", "unexpected 'x'")]
    [TestCase("std.echo", """{"wrong_input": 1}""", "missing 'output'; unexpected 'wrong_input'")]
    [TestCase("std.echo", """{"output": 1, "delay": 2}""", null)]
    [TestCase("std.fail", """{"error_data": 1}""", null)]
    [TestCase("std.test_dict", """{"size": 1, "key_prefix": 2, "val": 3}""", null)]
    [TestCase("std.sleep", """{"seconds": 1}""", null)]
    [TestCase("std.sleep", """{"minutes": 1}""", "unexpected 'minutes'")]
    public void Their_parameters_are_those_of_Mistral(string name, string input, string? fault)
    {
        var found = Find(name).CheckInput(JsonData.Parse(input).AsObject());

        if (fault is null)
        {
            found.Should().BeNull();
        }
        else
        {
            found.Should().Contain(fault);
        }
    }

    [Test]
    public void Noop_gives_null() => Inline("std.noop", "{}").Should().Be(ActionResult.Success(JsonData.Null));

    [TestCase("1.50")]
    [TestCase("""{"a": [1, null, "x"]}""")]
    [TestCase("null")]
    public void Echo_gives_its_output(string output) =>
        Inline("std.echo", $$"""{"output": {{output}}}""").Should().Be(ActionResult.Success(JsonData.Parse(output)));

    [Test]
    public async Task Echo_with_a_delay_gives_its_output_after_it()
    {
        var time = new FakeTimeProvider();
        var bench = new ActionBench { Time = time };
        var run = bench.RunAsync(Find("std.echo"), ActionBench.Input(("output", "late"), ("delay", 1.5)));

        time.Advance(TimeSpan.FromSeconds(1.4));
        run.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));

        (await run).Result.Should().Be(ActionResult.Success("late"));
    }

    [Test]
    public void Fail_without_data_fails_as_an_action_that_raised_an_exception()
    {
        var expected = ActionResult.Error(ActionBench.Raised("Fail action expected exception.", "Fail action"));

        Inline("std.fail", "{}").Should().Be(expected);
        Inline("std.fail", """{"error_data": null}""").Should().Be(expected);
        Inline("std.fail", """{"error_data": []}""").Should().Be(expected);
    }

    [TestCase("[1, 2, 3]")]
    [TestCase("\"Some data\"")]
    [TestCase("""{"a": 1}""")]
    public void Fail_with_data_fails_with_them(string data) =>
        Inline("std.fail", $$"""{"error_data": {{data}}}""").Should().Be(ActionResult.Error(JsonData.Parse(data)));

    [TestCase("{}", "{}")]
    [TestCase("""{"size": -1}""", "{}")]
    [TestCase("""{"size": 2}""", """{"0": "", "1": ""}""")]
    [TestCase("""{"size": 1, "key_prefix": "abc", "val": "pqr"}""", """{"abc0": "pqr"}""")]
    public void Test_dict_gives_an_object_of_that_size(string input, string result) =>
        Inline("std.test_dict", input).Should().Be(ActionResult.Success(JsonData.Parse(result)));

    [TestCase("1000000000000000000000", 0)]
    [TestCase("1000000", 0)]
    [TestCase("1000", 100_000)]
    public void Test_dict_beyond_the_limit_fails(string size, int valueLength)
    {
        var input = ActionBench.Input(("size", JsonData.Parse(size)), ("val", new string('v', valueLength)));

        var result = new ActionBench { OutputBytes = 1_000_000 }.RunInline(Find("std.test_dict"), input);

        result.Value.AsString().Should().Contain("too large").And.Contain("1000000 bytes");
    }

    [Test]
    public void Test_dict_of_no_number_fails() =>
        Inline("std.test_dict", """{"size": "3"}""").Value.AsString().Should().Contain("'size' must be an integer, but is String");

    [TestCase("{}", 1)]
    [TestCase("""{"seconds": 3}""", 3)]
    [TestCase("""{"seconds": "3"}""", 3)]
    [TestCase("""{"seconds": 3.9}""", 3)]
    public async Task Sleep_ends_after_whole_seconds(string input, int seconds)
    {
        var time = new FakeTimeProvider();
        var bench = new ActionBench { Time = time };
        var run = bench.RunAsync(Find("std.sleep"), JsonData.Parse(input).AsObject());

        time.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        run.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));

        (await run).Result.Should().Be(ActionResult.Success(JsonData.Null));
    }

    [TestCase("""{"seconds": -3}""")]
    [TestCase("""{"seconds": "soon"}""")]
    [TestCase("""{"seconds": 0}""")]
    public async Task Sleep_for_no_time_ends_at_once(string input) =>
        (await new ActionBench().RunAsync(Find("std.sleep"), JsonData.Parse(input).AsObject())).Result.Should().Be(ActionResult.Success(JsonData.Null));

    [Test]
    public async Task Sleep_can_last_longer_than_a_timer_of_the_platform()
    {
        var time = new FastTime();
        var bench = new ActionBench { Time = time };

        await bench.RunAsync(Find("std.sleep"), ActionBench.Input(("seconds", 100 * 24 * 60 * 60)));

        time.Waits.Should().OnlyContain(wait => wait.TotalMilliseconds < uint.MaxValue - 1);
        time.Waits.Sum(wait => wait.TotalDays).Should().Be(100);
    }

    [Test]
    public async Task Sleep_heeds_the_cancellation()
    {
        using var shutdown = new CancellationTokenSource();
        var run = new ActionBench().RunAsync(Find("std.sleep"), cancellationToken: shutdown.Token);

        await shutdown.CancelAsync();

        (await run).Should().Be(ActionRun.Interrupted);
    }

    private static RunnableAction Find(string name) => Standard.Find(name, "")!;

    private static ActionResult Inline(string name, string input) =>
        new ActionBench().RunInline(Find(name), JsonData.Parse(input).AsObject());

    /// <summary>Lets every wait end at once, and notes it.</summary>
    private sealed class FastTime : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
