namespace Mistral.Executions.Testing;

/// <summary>One thing that a store must do.</summary>
public sealed class StoreContractCase
{
    private readonly Func<ExecutionStoreContract, Task> _body;

    internal StoreContractCase(string method, Func<ExecutionStoreContract, Task> body)
        : this(method, null, body)
    {
    }

    internal StoreContractCase(string method, string? variant, Func<ExecutionStoreContract, Task> body)
    {
        var name = method.Replace('_', ' ');
        (Name, _body) = (variant is null ? name : $"{name} ({variant})", body);
    }

    /// <summary>What it must do, in a sentence. No two cases have the same.</summary>
    public string Name { get; }

    /// <summary>Checks a store, and disposes it.</summary>
    /// <param name="openEmptyStore">Opens a store in which nothing is: a new file, a new schema, a new folder.</param>
    /// <returns>A task that ends when the store has done what it must.</returns>
    /// <exception cref="StoreContractException">The store did something else; the message says what. Whatever the store itself throws comes out as it is.</exception>
    public async Task RunAsync(Func<Task<IExecutionStore>> openEmptyStore)
    {
        ArgumentNullException.ThrowIfNull(openEmptyStore);
        var store = await openEmptyStore().ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            try
            {
                await ExecutionStoreContract.RunAsync(store, _body).ConfigureAwait(false);
            }
            catch (StoreContractException exception)
            {
                throw new StoreContractException($"{Name}: {exception.Message}", exception);
            }
        }
    }

    /// <summary>The name, for test frameworks that show their cases.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
