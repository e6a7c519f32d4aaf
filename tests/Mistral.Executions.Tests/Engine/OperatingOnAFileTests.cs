using Microsoft.Extensions.Time.Testing;

namespace Mistral.Executions.Tests.Engine;

/// <summary>What operators do is in the file: it is there when the engine is opened again.</summary>
public sealed class OperatingOnAFileTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private DirectoryInfo _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("operating");

    [TearDown]
    public void DeleteDirectory() => _directory.Delete(recursive: true);

    [Test]
    public async Task What_an_operator_did_is_there_after_a_restart()
    {
        string action;
        await using (var engine = await OpenAsync())
        {
            await engine.DefineEnvironmentAsync("people", JsonMap.Create(("who", "Ann")), "who there is");
            await engine.StartAsync("order", null, new() { Id = "one", EnvironmentName = "people", Description = "first" });
            action = (await engine.QueryActionPageAsync(new() { RootExecutionId = "one" })).Items[0].Id;
            await engine.UpdateAsync("one", "second");
            _time.Advance(TimeSpan.FromMinutes(10));
            await engine.HeartbeatAsync(action);
            await engine.PauseAsync("one", "lunch");
        }

        await using (var engine = await OpenAsync())
        {
            (await engine.FindEnvironmentAsync("people"))!.Variables.Should().Equal(JsonMap.Create(("who", "Ann")));
            (await engine.GetWorkflowAsync("one")).Should().Match<WorkflowExecution>(w => w.Description == "second" && w.Environment["who"] == "Ann");
            (await engine.GetHistoryAsync("one")).Select(h => h.Event).Should().StartWith(["updated", "paused"]);
            (await engine.ExplainAsync(action)).ToString().Should().EndWith(
                $"Waits since 2026-01-01 00:00:00Z for the result of the outside action execution {action}. It fails when there is neither a result nor a sign of life by 2026-01-01 01:10:00Z.");

            await engine.ResumeAsync("one");
            await engine.SettleAsync();
            _time.Advance(TimeSpan.FromHours(1));
            await engine.SettleAsync();

            (await engine.ExplainAsync("one")).Sentence.Should().StartWith("Failed at 2026-01-01 01:10:00Z. First cause: the action 'approve' in the task 't0' of the workflow 'order' failed")
                .And.EndWith("The outside action 'approve' gave no sign of life for 3600 s, until 2026-01-01 01:10:00Z.");
            (await engine.BulkAsync(BulkVerb.RerunTasks, new() { RootExecutionId = "one" })).Count(BulkOutcome.Done).Should().Be(1);
            (await engine.GetWorkflowAsync("one")).State.Should().Be(ExecutionState.Running);
        }
    }

    private Task<ExecutionEngine> OpenAsync() => ExecutionEngine.OpenAsync(Path.Combine(_directory.FullName, "one.db"), options =>
    {
        options.Time = _time;
        options.AddOutsideAction("approve", new() { Heartbeat = TimeSpan.FromHours(1) }).AddWorkflow(EngineBench.Chain("order", "approve"));
    });
}
