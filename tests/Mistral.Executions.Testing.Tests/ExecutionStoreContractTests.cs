using System.Reflection;

namespace Mistral.Executions.Testing.Tests;

public sealed class ExecutionStoreContractTests
{
    [Test]
    public void Every_method_whose_name_is_a_sentence_is_a_case()
    {
        var sentences = typeof(ExecutionStoreContract)
            .GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(m => m.ReturnType == typeof(Task) && m.Name.Contains('_', StringComparison.Ordinal) && m.Name[0] != '<')
            .Select(m => m.Name.Replace('_', ' '));

        ExecutionStoreContract.Cases.Select(c => c.Name.Split(" (")[0]).Distinct().Should().BeEquivalentTo(sentences);
    }

    [Test]
    public void No_two_cases_have_the_same_name() => ExecutionStoreContract.Cases.Select(c => c.ToString()).Should().OnlyHaveUniqueItems();

    [Test]
    public async Task A_store_that_breaks_the_contract_is_told_what_it_did()
    {
        var broken = await BrokenAsync(inner => new ForgetfulStore(inner));

        broken.Should().ContainKey("A new tree is there after its commit").WhoseValue.Should()
            .StartWith("A new tree is there after its commit: await Store.ReadWorkflowAsync(root.Id, default)\nshould be {\"kind\":\"workflow\",")
            .And.EndWith("\nbut is nothing");
        broken.Should().NotContainKey("An environment comes back by its name");
    }

    [Test]
    public async Task A_store_that_loses_what_lists_hold_breaks_the_contract()
    {
        var broken = await BrokenAsync(inner => new ListlessStore(inner));

        broken.Keys.Should().Contain(["Every field of a workflow comes back", "Every field of a task comes back"]);
    }

    [Test]
    public async Task A_store_that_disturbs_the_order_breaks_the_contract()
    {
        var broken = await BrokenAsync(inner => new DisorderlyStore(inner));

        broken.Should().ContainKey("Timers come in the order in which they are due and in pages").WhoseValue.Should().Contain("The first that differs is at place ");
    }

    /// <summary>The cases that a store breaks, with what is said of each.</summary>
    private static async Task<Dictionary<string, string>> BrokenAsync(Func<IExecutionStore, IExecutionStore> spoil)
    {
        var broken = new Dictionary<string, string>();
        foreach (var contract in ExecutionStoreContract.Cases.Where(c => !c.Name.StartsWith("Commits and reads from many threads", StringComparison.Ordinal)))
        {
            try
            {
                await contract.RunAsync(async () =>
                {
                    var store = spoil(new InMemoryExecutionStore());
                    await store.OpenAsync(default);
                    return store;
                });
            }
            catch (Exception exception)
            {
                broken.Add(contract.Name, exception.Message);
            }
        }

        return broken;
    }

    private sealed class ForgetfulStore(IExecutionStore inner) : ForwardingExecutionStore(inner)
    {
        public override Task<WorkflowExecution?> ReadWorkflowAsync(string id, CancellationToken cancellationToken) => Task.FromResult<WorkflowExecution?>(null);
    }

    private sealed class ListlessStore(IExecutionStore inner) : ForwardingExecutionStore(inner)
    {
        public override async Task<WorkflowExecution?> ReadWorkflowAsync(string id, CancellationToken cancellationToken) =>
            await base.ReadWorkflowAsync(id, cancellationToken) is { } found ? found with { Tags = [.. found.Tags.Skip(1)] } : null;

        public override async Task<TaskExecution?> ReadTaskAsync(string id, CancellationToken cancellationToken) =>
            await base.ReadTaskAsync(id, cancellationToken) is { Items: { } items } found ? found with { Items = items with { Again = [] } } : null;
    }

    private sealed class DisorderlyStore(IExecutionStore inner) : ForwardingExecutionStore(inner)
    {
        public override async Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(
            string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken) =>
            [.. (await base.ReadTimersAsync(engineId, now, after, limit, cancellationToken)).Reverse()];
    }
}
