using Microsoft.Extensions.Time.Testing;

namespace Mistral.Executions.Tests.Engine;

/// <summary>Archives, sizes and copies of a file.</summary>
public sealed class RetentionOnAFileTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private DirectoryInfo _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("retention");

    [TearDown]
    public void DeleteDirectory() => _directory.Delete(recursive: true);

    [Test]
    public async Task What_is_purged_is_in_the_archive_first_and_can_be_opened_and_gone_on_with_there()
    {
        await using (var engine = await OpenAsync("one.db"))
        {
            var run = await engine.StartAsync("outer", JsonMap.Empty, new() { Id = "failed" });
            (await run.WaitAsync()).State.Should().Be(ExecutionState.Error);
            await engine.UpdateAsync("failed", "looked at");
            await engine.RunActionAsync("test.do", JsonMap.Empty, new() { Id = "alone" });

            (await engine.PurgeAsync(new() { MaximumExecutions = 0, ArchivePath = PathOf("archive.db") }))
                .Should().Match<PurgeResult>(r => r.Purged == 2 && r.Archived == 2 && r.Kept == 0);

            (await engine.QueryWorkflowPageAsync(new())).Items.Should().BeEmpty();
            (await engine.QueryTaskPageAsync(new())).Items.Should().BeEmpty();
            (await engine.QueryActionPageAsync(new())).Items.Should().BeEmpty();
        }

        await using (var archive = await OpenAsync("archive.db"))
        {
            (await archive.GetWorkflowAsync("failed")).Should().Match<WorkflowExecution>(w => w.State == ExecutionState.Error && w.Description == "looked at");
            (await archive.QueryWorkflowPageAsync(new() { RootExecutionId = "failed" })).Items.Should().HaveCount(2);
            (await archive.GetHistoryAsync("failed")).Should().ContainSingle(h => h.Event == "updated");
            (await archive.GetActionAsync("alone")).State.Should().Be(ExecutionState.Success);
            (await archive.ExplainAsync("failed")).Sentence.Should().Contain("no luck");
            var inner = (await archive.QueryTaskPageAsync(new() { RootExecutionId = "failed", Name = "t0" })).Items[^1];
            await archive.SkipTaskAsync(inner.Id);
            (await archive.GetWorkflowAsync("failed")).State.Should().Be(ExecutionState.Success);
        }
    }

    [Test]
    public async Task An_archive_takes_what_it_has_already_in_place_of_the_former_copy()
    {
        await using var engine = await OpenAsync("one.db");
        var policy = new RetentionPolicy { MaximumExecutions = 0, ArchivePath = PathOf("archive.db") };
        await (await engine.StartAsync("outer", JsonMap.Empty, new() { Id = "again" })).WaitAsync();
        await engine.PurgeAsync(policy);
        await (await engine.StartAsync("outer", JsonMap.Empty, new() { Id = "again", Description = "second" })).WaitAsync();

        (await engine.PurgeAsync(policy)).Archived.Should().Be(1);

        await using var archive = await OpenAsync("archive.db");
        (await archive.GetWorkflowAsync("again")).Description.Should().Be("second");
        (await archive.QueryWorkflowPageAsync(new())).Items.Should().HaveCount(2);
    }

    [Test]
    public async Task A_file_that_is_too_large_loses_its_oldest_executions_and_becomes_shorter()
    {
        var large = JsonMap.Create(("data", new string('x', 100_000)));
        await using var engine = await OpenAsync("one.db");
        for (var number = 0; number < 30; number++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await engine.RunActionAsync("test.do", large, new() { Id = $"run-{number:00}" });
        }

        var result = await engine.PurgeAsync(new() { MaximumBytes = 10_000_000 });
        result.Purged.Should().Be(0);
        result = await engine.PurgeAsync(new() { MaximumBytes = 2_000_000 });

        result.UsedBytes.Should().BeLessThanOrEqualTo(2_000_000);
        result.FreeBytes.Should().Be(0);
        var left = (await engine.QueryActionPageAsync(new())).Items;
        left.Select(a => a.Id).Should().Equal(Enumerable.Range(result.Purged, 30 - result.Purged).Select(n => $"run-{n:00}")).And.NotBeEmpty();
    }

    [Test]
    public async Task A_copy_of_an_open_file_goes_on_where_the_file_was()
    {
        await using (var engine = await OpenAsync("one.db"))
        {
            await engine.StartAsync("waits", null, new() { Id = "one" });
            await engine.BackupAsync(PathOf("copy.db"));
            await engine.CancelAsync("one");
        }

        await using var copy = await OpenAsync("copy.db");
        _time.Advance(TimeSpan.FromMinutes(1));
        var action = (await copy.QueryActionPageAsync(new() { RootExecutionId = "one" })).Items.Single();
        await copy.CompleteActionAsync(action.Id, ActionResult.Success(1));
        (await copy.GetWorkflowAsync("one")).State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task A_file_is_explained_drawn_and_checked_without_an_engine_beside_one_that_runs()
    {
        await using var engine = await OpenAsync("one.db");
        await engine.StartAsync("waits", null, new() { Id = "one" });
        var options = new ExecutionEngineOptions(PathOf("one.db")) { Time = _time };
        await using var inspector = await ExecutionInspector.OpenAsync(options);

        (await inspector.ExplainAsync("one")).ToString().Should().Contain($"The engine {engine.Id} works on it.").And.Contain("outside action");
        (await inspector.GetDiagramAsync("one")).Should().Contain("RUNNING");
        (await inspector.CheckAsync("one")).Should().BeEmpty();
        (await inspector.CheckAsync("nothing")).Should().BeEmpty();
        await FluentActions.Awaiting(() => inspector.ExplainAsync("nothing")).Should().ThrowAsync<ExecutionNotFoundException>();
        await engine.DisposeAsync();
        (await inspector.ExplainAsync("one")).Sentence.Should().EndWith("runs no more. The next engine that is opened on the store takes it over.");
    }

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    private Task<ExecutionEngine> OpenAsync(string name) => ExecutionEngine.OpenAsync(PathOf(name), options =>
    {
        options.Time = _time;
        options.AddAction("test.do", (input, _, _) => Task.FromResult<JsonData>(input))
            .AddAction("test.fail", (_, _, _) => throw new InvalidOperationException("no luck"))
            .AddOutsideAction("test.outside")
            .AddWorkflow(EngineBench.Chain("waits", "test.outside"))
            .AddWorkflow(EngineBench.Chain("inner", "test.fail"))
            .AddWorkflow(new WorkflowBuilder("outer").Task("nested", t => t.Workflow("inner")).Build());
    });
}
