using Mistral.Executions.Decisions;
using Mistral.Executions.Runtime;

namespace Mistral.Executions.Tests.Engine;

public sealed class DecisionFaultTests
{
    private static readonly WorkflowDefinition Waits = EngineBench.Chain("waits", "test.outside", "test.do");

    [Test]
    public async Task A_decision_that_fails_as_none_should_is_told_to_its_caller_and_changes_nothing()
    {
        var ids = new FaultyIds();
        await using var engine = await OpenAsync(ids);
        var run = await engine.StartAsync("waits");
        var action = await OnlyActionAsync(engine);
        ids.Faults = 1;

        await ((Func<Task>)(() => engine.CompleteActionAsync(action, ActionResult.Success(1)))).Should().ThrowAsync<InvalidTimeZoneException>();

        (await run.GetAsync()).State.Should().Be(ExecutionState.Running);
        await engine.CompleteActionAsync(action, ActionResult.Success(1));
        (await run.WaitAsync()).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task A_result_from_inside_whose_decision_fails_once_is_decided_again()
    {
        var ids = new FaultyIds();
        await using var engine = await OpenAsync(ids, (_, _, _) =>
        {
            ids.Faults = 1;
            return Task.FromResult<JsonData>(1);
        });

        (await (await engine.StartAsync("acts")).WaitAsync()).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task A_result_from_inside_whose_decision_always_fails_becomes_an_error()
    {
        var ids = new FaultyIds();
        await using var engine = await OpenAsync(ids, (_, _, _) =>
        {
            ids.Faults = 100;
            return Task.FromResult<JsonData>(1);
        });

        var ended = await (await engine.StartAsync("acts")).WaitAsync();

        ended.State.Should().Be(ExecutionState.Error);
        ended.StateInfo.Should().Contain("no id");
        ids.Faults.Should().BeGreaterThan(90);
        ids.Faults = 0;
        (await engine.RunActionAsync("test.do")).State.Should().Be(ExecutionState.Success);
    }

    private static Task<ExecutionEngine> OpenAsync(IIdSource ids, Func<JsonMap, ActionContext, CancellationToken, Task<JsonData>>? body = null)
    {
        var options = new ExecutionEngineOptions(new InMemoryExecutionStore())
            .AddAction("test.do", (_, _, _) => Task.FromResult<JsonData>(1))
            .AddAction("test.act", body ?? ((_, _, _) => Task.FromResult<JsonData>(1)))
            .AddOutsideAction("test.outside")
            .AddWorkflow(Waits)
            .AddWorkflow(EngineBench.Chain("acts", "test.act", "test.do"));
        return ExecutionEngine.OpenAsync(options, ThreadPoolScheduler.Instance, ids, default);
    }

    private static async Task<string> OnlyActionAsync(ExecutionEngine engine)
    {
        var page = await engine.QueryActionPageAsync(new());
        return page.Items.Should().ContainSingle().Subject.Id;
    }

    private sealed class FaultyIds : IIdSource
    {
        private readonly OrderedIdSource _ids = new(new Random(1));
        private int _faults;

        public int Faults
        {
            get => Volatile.Read(ref _faults);
            set => Volatile.Write(ref _faults, value);
        }

        public string NewId(DateTimeOffset now)
        {
            if (Faults > 0)
            {
                Interlocked.Decrement(ref _faults);
                throw new InvalidTimeZoneException("no id");
            }

            return _ids.NewId(now);
        }

        public double NextFraction() => _ids.NextFraction();
    }
}
