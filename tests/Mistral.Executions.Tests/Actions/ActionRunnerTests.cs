using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Mistral.Executions.Actions;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Tests.Actions;

public sealed class ActionRunnerTests
{
    [Test]
    public async Task An_action_knows_its_execution()
    {
        ActionContext? seen = null;
        var bench = new ActionBench
        {
            Execution = new()
            {
                Id = "a1",
                Name = "my.action",
                TaskExecutionId = "t1",
                WorkflowExecutionId = "w2",
                RootExecutionId = "w1",
                Attempt = 3,
                Index = 7,
            },
            WorkflowName = "order",
            TaskName = "pay",
        };

        await bench.RunAsync(ActionFactory.Untyped("x", (_, context, _) =>
        {
            seen = context;
            return Task.FromResult(JsonData.Null);
        }));

        seen.Should().BeEquivalentTo(new
        {
            ActionExecutionId = "a1",
            IdempotencyKey = "a1",
            ActionName = "my.action",
            TaskExecutionId = "t1",
            TaskName = "pay",
            WorkflowExecutionId = "w2",
            WorkflowName = "order",
            RootExecutionId = "w1",
            Attempt = 3,
            ItemIndex = 7,
        });
        seen!.Time.Should().BeSameAs(bench.Time);
        seen.Services.GetService(typeof(string)).Should().BeNull();
    }

    [Test]
    public async Task Each_run_has_a_scope_of_services_that_is_disposed_at_its_end()
    {
        await using var services = new ServiceCollection()
            .AddScoped<Resource>()
            .AddScoped<ResourceAction>()
            .BuildServiceProvider();
        var bench = new ActionBench { Scopes = services.GetRequiredService<IServiceScopeFactory>() };
        var options = TypedValue.CreateOptions();
        var action = ActionFactory.Service<ResourceAction, JsonMap, JsonData>("test.action", TypedValue.TypeInfo<JsonMap>(options), TypedValue.TypeInfo<JsonData>(options));
        var seen = new List<Resource>();

        foreach (var fails in new[] { false, true })
        {
            await bench.RunAsync(action, ActionBench.Input(("fails", fails)));
            seen.Add(ResourceAction.Last!);
        }

        seen.Should().OnlyHaveUniqueItems().And.OnlyContain(resource => resource.UsesWhileOpen == 1 && resource.IsDisposed);
    }

    [Test]
    public async Task A_service_that_is_not_registered_fails_the_action_with_its_name()
    {
        var options = TypedValue.CreateOptions();
        var action = ActionFactory.Service<ResourceAction, JsonMap, JsonData>("test.action", TypedValue.TypeInfo<JsonMap>(options), TypedValue.TypeInfo<JsonData>(options));

        var run = await new ActionBench().RunAsync(action);

        run.Result!.Value.AsString().Should().Contain(nameof(ResourceAction));
    }

    [Test]
    public async Task An_action_that_heeds_the_engines_cancellation_has_no_result()
    {
        using var shutdown = new CancellationTokenSource();
        var run = new ActionBench().RunAsync(WaitsForCancellation(), cancellationToken: shutdown.Token);

        await shutdown.CancelAsync();

        (await run).Should().Be(ActionRun.Interrupted);
    }

    [Test]
    public async Task An_action_that_ends_in_its_own_way_after_the_cancellation_has_a_result()
    {
        using var shutdown = new CancellationTokenSource();
        await shutdown.CancelAsync();

        (await new ActionBench().RunAsync(Untyped(() => 5), cancellationToken: shutdown.Token)).Result.Should().Be(ActionResult.Success(5));
        (await new ActionBench().RunAsync(Untyped(() => throw new ActionFailedException("no")), cancellationToken: shutdown.Token))
            .Result.Should().Be(ActionResult.Error(ActionBench.Raised("no")));
    }

    [Test]
    public async Task An_action_that_is_cancelled_by_itself_fails()
    {
        var run = await new ActionBench().RunAsync(Untyped(() => throw new OperationCanceledException("mine")));

        run.Result.Should().Be(ActionResult.Error(ActionBench.Raised("OperationCanceledException: mine")));
    }

    [Test]
    public async Task An_action_over_its_timeout_is_told_to_stop_and_fails()
    {
        var time = new FakeTimeProvider();
        var bench = new ActionBench { Time = time };
        var told = new TaskCompletionSource();
        var run = bench.RunAsync(WaitsForCancellation(new() { Timeout = TimeSpan.FromSeconds(5) }, told));

        time.Advance(TimeSpan.FromSeconds(4.9));
        run.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));

        (await run).Result!.Value.AsString().Should().Contain("within its timeout of 5 seconds");
        await told.Task;
    }

    [Test]
    public async Task An_action_that_hangs_beyond_its_timeout_is_left_alone()
    {
        var time = new FakeTimeProvider();
        var bench = new ActionBench { Time = time };
        var never = new TaskCompletionSource<JsonData>();
        var run = bench.RunAsync(ActionFactory.Untyped("test.action", (_, _, _) => never.Task, new() { Timeout = TimeSpan.FromSeconds(5) }));

        time.Advance(TimeSpan.FromSeconds(5));

        (await run).Result!.State.Should().Be(ExecutionState.Error);
    }

    [Test]
    public async Task An_action_in_time_has_its_result()
    {
        var action = ActionFactory.Untyped("test.action", (_, _, _) => Task.FromResult<JsonData>("done"), new() { Timeout = TimeSpan.FromSeconds(5) });

        (await new ActionBench().RunAsync(action)).Result.Should().Be(ActionResult.Success("done"));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(50)]
    public void A_timeout_is_more_than_nothing_and_no_longer_than_a_timer_can_be(int days)
    {
        var ofAction = () => new ActionOptions { Timeout = TimeSpan.FromDays(days) };
        var ofRequest = () => new HttpActionOptions { Timeout = TimeSpan.FromDays(days) };

        ofAction.Should().Throw<ArgumentOutOfRangeException>();
        ofRequest.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public async Task An_outside_action_has_no_result_of_its_own()
    {
        var action = ActionFactory.Outside("approve");

        action.ModeFor(JsonMap.Empty).Should().Be(ActionMode.Outside);
        (await new ActionBench().RunAsync(action)).Should().Be(ActionRun.Started);
    }

    [Test]
    public void Actions_are_safe_to_rerun_unless_the_host_says_otherwise()
    {
        ActionFactory.Untyped("a", (_, _, _) => Task.FromResult(JsonData.Null)).IsSafeToRerun(JsonMap.Empty).Should().BeTrue();
        ActionFactory.Untyped("a", (_, _, _) => Task.FromResult(JsonData.Null), new() { IsSafeToRerun = false }).IsSafeToRerun(JsonMap.Empty).Should().BeFalse();
    }

    [Test]
    public async Task Bodies_run_beside_each_other_even_when_they_block()
    {
        using var bothRun = new Barrier(2);
        var blocking = Untyped(() => bothRun.SignalAndWait(TimeSpan.FromMinutes(1)));
        var bench = new ActionBench { Scheduler = TaskScheduler.Default };

        var results = await Task.WhenAll(bench.RunAsync(blocking), bench.RunAsync(blocking));

        results.Should().OnlyContain(run => run.Result == ActionResult.Success(true));
    }

    private static ActionDescriptor Untyped(Func<JsonData> body) =>
        ActionFactory.Untyped("test.action", (_, _, _) => Task.FromResult(body()));

    private static ActionDescriptor WaitsForCancellation(ActionOptions? options = null, TaskCompletionSource? told = null) =>
        ActionFactory.Untyped(
            "test.action",
            async (_, _, cancellationToken) =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                finally
                {
                    told?.SetResult();
                }

                return JsonData.Null;
            },
            options);

    private sealed class Resource : IDisposable
    {
        public int UsesWhileOpen { get; private set; }

        public bool IsDisposed { get; private set; }

        public void Use() => UsesWhileOpen += IsDisposed ? 0 : 1;

        public void Dispose() => IsDisposed = true;
    }

    private sealed class ResourceAction(Resource resource) : IAction<JsonMap, JsonData>
    {
        public static Resource? Last { get; private set; }

        public async Task<JsonData> RunAsync(JsonMap input, ActionContext context, CancellationToken cancellationToken)
        {
            Last = resource;
            await Task.Yield();
            resource.Use();
            return input["fails"].AsBoolean() ? throw new ActionFailedException("as asked") : JsonData.Null;
        }
    }
}
