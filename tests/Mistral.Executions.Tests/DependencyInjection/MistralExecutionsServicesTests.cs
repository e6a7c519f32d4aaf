using Microsoft.Extensions.DependencyInjection;

namespace Mistral.Executions.Tests.DependencyInjection;

public sealed class MistralExecutionsServicesTests
{
    private static ServiceCollection Services()
    {
        var services = new ServiceCollection();
        services.AddScoped<Counter>();
        services.AddScoped<CountAction>();
        services.AddMistralExecutions(_ => new ExecutionEngineOptions(new InMemoryExecutionStore()).AddAction<CountAction, Nothing, int>("count"));
        return services;
    }

    [Test]
    public async Task The_engine_can_be_injected_once_it_is_open()
    {
        await using var provider = Services().BuildServiceProvider();

        var engine = await provider.OpenExecutionEngineAsync();

        provider.GetRequiredService<ExecutionEngine>().Should().BeSameAs(engine);
        (await provider.OpenExecutionEngineAsync()).Should().BeSameAs(engine);
    }

    [Test]
    public async Task An_engine_that_is_not_open_yet_is_not_given_and_says_what_to_do()
    {
        await using var provider = Services().BuildServiceProvider();

        provider.Invoking(p => p.GetRequiredService<ExecutionEngine>()).Should().Throw<InvalidOperationException>().WithMessage("*OpenExecutionEngineAsync*");
    }

    [Test]
    public async Task Each_run_of_an_action_has_a_scope_of_its_own()
    {
        await using var provider = Services().BuildServiceProvider();
        var engine = await provider.OpenExecutionEngineAsync();

        var first = await engine.RunActionAsync("count");
        var second = await engine.RunActionAsync("count");

        first.Output["result"].Should().Be((JsonData)1);
        second.Output["result"].Should().Be((JsonData)1);
    }

    [Test]
    public async Task The_container_closes_the_engine()
    {
        var provider = Services().BuildServiceProvider();
        var engine = await provider.OpenExecutionEngineAsync();

        await provider.DisposeAsync();

        await ((Func<Task>)(() => engine.RunActionAsync("count"))).Should().ThrowAsync<EngineClosedException>();
    }

    private sealed class Counter
    {
        public int Value { get; set; }
    }

    private sealed record Nothing;

    private sealed class CountAction(Counter counter) : IAction<Nothing, int>
    {
        public Task<int> RunAsync(Nothing input, ActionContext context, CancellationToken cancellationToken) => Task.FromResult(++counter.Value);
    }
}
