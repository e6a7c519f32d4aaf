namespace Mistral.Executions.Benchmarks.Measuring;

/// <summary>An engine on a file of its own, which is measured.</summary>
internal sealed class Subject : IAsyncDisposable
{
    /// <summary>The action of every step: a delegate that does nothing, and is not inline.</summary>
    public const string Nothing = "bench.nothing";

    /// <summary>An action whose result comes from outside.</summary>
    public const string Outside = "bench.outside";

    private readonly string _path;

    private Subject(ExecutionEngine engine, CountingStore store, string path) => (Engine, Store, _path) = (engine, store, path);

    public ExecutionEngine Engine { get; private set; }

    public CountingStore Store { get; }

    /// <summary>The size of the file and its log.</summary>
    public long BytesOnDisk => new[] { _path, _path + "-wal" }.Where(File.Exists).Sum(f => new FileInfo(f).Length);

    public static async Task<Subject> OpenAsync(BenchmarkOptions options, string directory, Action<ExecutionEngineOptions>? configure = null)
    {
        var path = Path.Combine(directory, "engine.db");
        var store = new CountingStore(new SqliteExecutionStore(new SqliteStoreOptions { Path = path, Synchronous = options.Synchronous }));
        var engineOptions = WithActions(new ExecutionEngineOptions(store));
        configure?.Invoke(engineOptions);
        return new(await ExecutionEngine.OpenAsync(engineOptions), store, path);
    }

    public static ExecutionEngineOptions WithActions(ExecutionEngineOptions options) => options
        .AddAction(Nothing, static (_, _, _) => Task.FromResult(JsonData.Null))
        .AddOutsideAction(Outside);

    /// <summary>Runs a workflow to its end.</summary>
    public async Task RunAsync(string workflow, JsonMap? input = null) => await Engine.RunAsync(workflow, input);

    /// <summary>So many executions, started by so many callers at once, and waited for.</summary>
    public async Task RunManyAsync(string workflow, int count, int callers)
    {
        var left = count;
        var ends = new Task[count];
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (var place = Interlocked.Decrement(ref left); place >= 0; place = Interlocked.Decrement(ref left))
            {
                var run = await Engine.StartAsync(workflow);
                ends[place] = run.WaitForOutputAsync();
            }
        })));
        await Task.WhenAll(ends);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Store.DisposeAsync();
    }
}
