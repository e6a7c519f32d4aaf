namespace Mistral.Executions.Tests.Engine;

/// <summary>How long what has ended is kept.</summary>
public sealed class RetentionTests
{
    private static readonly WorkflowDefinition Works = EngineBench.Chain("works", "test.inline");
    private static readonly WorkflowDefinition Fails = EngineBench.Chain("fails", "test.fail");
    private static readonly WorkflowDefinition Waits = EngineBench.Chain("waits", "test.outside");

    [Test]
    public async Task What_ended_longer_ago_than_the_age_goes_and_nothing_else()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: [Works, Waits]);
        await RunAsync(engine, "works", "old");
        await engine.StartAsync("waits", null, new() { Id = "open" });
        await engine.RunActionAsync("test.do", JsonMap.Empty, new() { Id = "alone" });
        await bench.AdvanceAsync(TimeSpan.FromHours(2));
        await RunAsync(engine, "works", "new");

        var result = await engine.PurgeAsync(new() { MaximumAge = TimeSpan.FromHours(1) });

        result.Should().Be(new PurgeResult { Purged = 2 });
        (await IdsAsync(engine)).Should().Equal("open", "new");
        await FluentActions.Awaiting(() => engine.GetActionAsync("alone")).Should().ThrowAsync<ExecutionNotFoundException>();
    }

    [Test]
    public async Task What_ended_late_is_kept_although_it_began_early()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: [Works, Waits]);
        await engine.StartAsync("waits", null, new() { Id = "long" });
        await bench.AdvanceAsync(TimeSpan.FromHours(1));
        await RunAsync(engine, "works", "short");
        await bench.AdvanceAsync(TimeSpan.FromHours(1));
        await engine.CompleteActionAsync((await bench.OnlyActionAsync("long")).Id, ActionResult.Success(1));

        (await engine.PurgeAsync(new() { MaximumAge = TimeSpan.FromMinutes(30) })).Purged.Should().Be(1);

        (await IdsAsync(engine)).Should().Equal("long");
    }

    [Test]
    public async Task Failures_are_kept_as_long_as_wanted_whatever_else_is_said()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: [Works, Fails]);
        await RunAsync(engine, "fails", "failed");
        await RunAsync(engine, "works", "worked");
        await bench.AdvanceAsync(TimeSpan.FromDays(2));
        var policy = new RetentionPolicy { MaximumAge = TimeSpan.FromDays(1), MaximumAgeOfFailures = TimeSpan.FromDays(30), MaximumExecutions = 0 };

        (await engine.PurgeAsync(policy)).Purged.Should().Be(1);
        (await IdsAsync(engine)).Should().Equal("failed");

        await bench.AdvanceAsync(TimeSpan.FromDays(29));
        (await engine.PurgeAsync(policy)).Purged.Should().Be(1);
        (await IdsAsync(engine)).Should().BeEmpty();
    }

    [Test]
    public async Task Of_more_than_the_number_the_oldest_go()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: [Works, Waits]);
        await engine.StartAsync("waits", null, new() { Id = "open" });
        for (var number = 1; number <= 5; number++)
        {
            await bench.AdvanceAsync(TimeSpan.FromSeconds(1));
            await RunAsync(engine, "works", $"run-{number}");
        }

        (await engine.PurgeAsync(new() { MaximumExecutions = 2 })).Purged.Should().Be(3);

        (await IdsAsync(engine)).Should().Equal("open", "run-4", "run-5");
        (await engine.PurgeAsync(new() { MaximumExecutions = 2 })).Should().Be(new PurgeResult());
    }

    [Test]
    public async Task What_has_something_open_below_it_is_kept()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Waits);
        await engine.StartAsync("waits", null, new() { Id = "one" });
        await engine.CancelAsync("one");

        (await engine.PurgeAsync(new() { MaximumExecutions = 0 })).Should().Be(new PurgeResult { Kept = 1 });

        await engine.CompleteActionAsync((await bench.OnlyActionAsync("one")).Id, ActionResult.Cancel());
        (await engine.PurgeAsync(new() { MaximumExecutions = 0 })).Should().Be(new PurgeResult { Purged = 1 });
    }

    [Test]
    public async Task What_another_living_engine_owns_is_left_to_it()
    {
        await using var bench = new EngineBench();
        var first = await bench.OpenAsync(workflows: Works);
        await RunAsync(first, "works", "of-first");
        var second = await bench.OpenAsync(workflows: Works);
        await RunAsync(second, "works", "of-second");

        (await second.PurgeAsync(new() { MaximumExecutions = 0 })).Should().Be(new PurgeResult { Purged = 1, OwnedElsewhere = 1 });

        (await IdsAsync(second)).Should().Equal("of-first");
    }

    [Test]
    public async Task An_engine_with_a_policy_purges_when_its_lease_is_renewed_once_an_hour()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(o => o.Retention = new() { MaximumAge = TimeSpan.FromMinutes(5) }, Works);
        await RunAsync(engine, "works", "one");
        await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
        (await IdsAsync(engine)).Should().Equal("one");

        await AdvanceAsync(bench, TimeSpan.FromMinutes(59));
        (await IdsAsync(engine)).Should().Equal("one");
        await AdvanceAsync(bench, TimeSpan.FromMinutes(2));

        (await IdsAsync(engine)).Should().BeEmpty();
    }

    [Test]
    public async Task A_policy_that_cannot_be_kept_is_refused()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: Works);

        await FluentActions.Awaiting(() => engine.PurgeAsync(new())).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => engine.PurgeAsync(new() { MaximumExecutions = -1 })).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => engine.PurgeAsync(new() { MaximumAge = TimeSpan.FromSeconds(-1) })).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => engine.PurgeAsync(new() { MaximumBytes = 1 })).Should().ThrowAsync<StoreException>().WithMessage("*cannot say how many bytes*");
        await FluentActions.Awaiting(() => ExecutionEngine.OpenAsync(new ExecutionEngineOptions(bench.Store) { Retention = new() })).Should().ThrowAsync<ArgumentException>();
    }

    [Test]
    public async Task A_store_without_an_engine_is_purged_and_what_a_living_engine_owns_is_asked_for()
    {
        await using var bench = new EngineBench();
        var dead = await bench.OpenAsync(workflows: [Works, Waits]);
        await RunAsync(dead, "works", "of-dead");
        await dead.StartAsync("waits", null, new() { Id = "open" });
        await bench.SettleAsync();
        bench.Kill();
        bench.Time.Advance(TimeSpan.FromHours(1));
        var living = await bench.OpenAsync(workflows: [Works, Waits]);
        await RunAsync(living, "works", "of-living");
        await bench.SettleAsync();
        var policy = new RetentionPolicy { MaximumExecutions = 0 };

        (await bench.Store.PurgeAsync(policy, null, bench.Time)).Should().Be(new PurgeResult { Purged = 1, OwnedElsewhere = 1 });
        (await bench.Store.PurgeAsync(policy, new ExecutionInbox(bench.Store, bench.Time), bench.Time)).Should().Be(new PurgeResult { HandedOver = 1 });
        (await IdsAsync(living)).Should().Equal("open", "of-living");
        await bench.AdvanceAsync(TimeSpan.FromSeconds(10));

        (await IdsAsync(living)).Should().Equal("open");
        await living.CancelAsync("open");
    }

    private static async Task AdvanceAsync(EngineBench bench, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(10))
        {
            await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
        }
    }

    private static async Task RunAsync(ExecutionEngine engine, string workflow, string id)
    {
        var run = await engine.StartAsync(workflow, null, new() { Id = id });
        await run.WaitAsync();
    }

    private static async Task<List<string>> IdsAsync(ExecutionEngine engine)
    {
        var ids = new List<string>();
        await foreach (var workflow in engine.QueryWorkflowsAsync())
        {
            ids.Add(workflow.Id);
        }

        return ids;
    }
}
