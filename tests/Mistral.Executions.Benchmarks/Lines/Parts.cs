using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Mistral.Executions.Benchmarks.Measuring;
using Mistral.Executions.Decisions;
using Mistral.Executions.Language.Inline;
using Mistral.Executions.Runtime;

namespace Mistral.Executions.Benchmarks.Lines;

/// <summary>The parts beneath a step, each on its own.</summary>
[MemoryDiagnoser]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "BenchmarkDotNet measures members of an object.")]
public class Parts
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly JsonData _data = JsonMap.Create(("order_id", "A-17"), ("amount", 42), ("lines", JsonList.Create(Enumerable.Range(0, 20).Select(i => (JsonData)i))));
    private readonly IExpression _expression = InlineExpression.Compile("<% $.a.b + 1 %>");
    private readonly Variables _variables = new(JsonMap.Create(("a", JsonMap.Create(("b", 1)))));

    private OrderedIdSource _ids = null!;
    private ExecutionTree _tree = null!;
    private Message _result = null!;
    private DecisionInput _input = null!;
    private ChangeSet _changes = null!;
    private SqliteExecutionStore _store = null!;
    private string _file = null!;
    private ExecutionChanges[] _group = null!;

    // In this process: nothing is built, so it runs wherever the program does.
    internal static void Run(string[] arguments) => BenchmarkRunner.Run<Parts>(
        ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "mistral-executions-parts")),
        arguments);

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        var definition = Workflows.Chain("chain", 100);
        _ids = new(new Random(1));
        _file = Path.Combine(Path.GetTempPath(), $"parts-{Environment.ProcessId}.db");
        _store = new(new SqliteStoreOptions { Path = _file });
        await _store.OpenAsync(default);
        await _store.RenewLeaseAsync(new("engine", Now.AddDays(1)), Now, default);
        _input = new()
        {
            Now = Now,
            Ids = _ids,
            Catalog = new DefinitionCatalog(_store, Subject.WithActions(new ExecutionEngineOptions(_store)).Actions, [definition], new Dictionary<string, Func<StoredDefinition, WorkflowDefinition>>(), _ => _expression, SecretNames.None),
            Limits = new(),
        };
        var id = _ids.NewId(Now);
        var start = Decider.Decide(ExecutionTree.Empty(id), new Message.StartWorkflow(definition, id, JsonMap.Empty, JsonMap.Empty, "", []), _input);
        _tree = start.Tree;
        _result = new Message.CompleteAction(((Effect.RunAction)start.Effects[0]).Execution.Id, ActionResult.Success(default));
        _changes = Decider.Decide(_tree, _result, _input).Changes!;
        await _store.CommitAsync([start.Changes!.ToChanges(id, "engine", 1)], default);

        // The same rows again and again are one insert that finds its row, and one update: what SQLite does is nearly the same.
        _group = [_changes.ToChanges(id, "engine", 1)];
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _store.DisposeAsync();
        File.Delete(_file);
    }

    [Benchmark(Description = "decide upon a result")]
    public object Decide() => Decider.Decide(_tree, _result, _input);

    [Benchmark(Description = "make the changes of a step")]
    public object Seal() => _changes.ToChanges(_tree.TreeId, "engine", 1);

    [Benchmark(Description = "commit a step")]
    public Task<IReadOnlyList<CommitOutcome>> CommitAsync() => _store.CommitAsync(_group, default);

    [Benchmark(Description = "write 20 numbers as JSON")]
    public byte[] Serialize() => _data.ToUtf8();

    [Benchmark(Description = "evaluate $.a.b + 1")]
    public JsonData Evaluate() => _expression.Evaluate(_variables);

    [Benchmark(Description = "make an id")]
    public string MakeId() => _ids.NewId(Now);
}
