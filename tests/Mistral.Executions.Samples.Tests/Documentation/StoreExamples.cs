using Mistral.Executions.Testing;

namespace Mistral.Executions.Samples.Tests.Documentation;

// snippet: store contract
public sealed class MyStoreTests
{
    [TestCaseSource(typeof(ExecutionStoreContract), nameof(ExecutionStoreContract.Cases))]
    public Task My_store_keeps_to_the_contract(StoreContractCase contract) => contract.RunAsync(OpenEmptyStoreAsync);

    private static async Task<IExecutionStore> OpenEmptyStoreAsync()
    {
        var store = new MyStore();
        await store.OpenAsync(CancellationToken.None);
        return store;
    }
}
// end

public sealed class StoreExamples
{
    [Test]
    public async Task An_engine_uses_a_store_of_the_hosts()
    {
        // snippet: use store
        await using var store = new MyStore();
        await using var engine = await ExecutionEngine.OpenAsync(new ExecutionEngineOptions(store).AddWorkflow(
            new WorkflowBuilder("hello").Task("hello").Build()));
        // end

        await engine.RunAsync("hello");
    }

    [Test]
    public async Task A_workflow_runs_on_a_store_while_its_process_dies_after_every_commit()
    {
        // snippet: store crash test
        var report = await CrashTest.EveryCommitAsync(
            () => new WorkflowTestHost(e => e.AddWorkflow(new WorkflowBuilder("hello").Task("hello").Build()), new MyStore()),
            "hello");
        // end

        report.Commits.Should().BePositive();
    }

    [Test]
    public async Task A_store_that_takes_everything()
    {
        var lease = ExecutionStoreContract.Cases.Single(c => c.Name == "An engine without a lease commits nothing");

        var found = await FluentActions.Awaiting(() => lease.RunAsync(async () =>
        {
            var store = new CarelessStore();
            await store.OpenAsync(default);
            return store;
        })).Should().ThrowAsync<StoreContractException>();

        PageText.WithoutIds(found.Which.Message).Should().Be(PageText.Of("writing-a-store.md", "An engine without a lease"));
    }
}

/// <summary>Stands for a store that somebody writes.</summary>
internal sealed class MyStore() : ForwardingExecutionStore(new InMemoryExecutionStore());

internal sealed class CarelessStore() : ForwardingExecutionStore(new InMemoryExecutionStore())
{
    public override Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CommitOutcome>>([.. group.Select(_ => CommitOutcome.Committed)]);
}
