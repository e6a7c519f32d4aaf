using System.CommandLine;
using System.CommandLine.Completions;
using Mistral.Executions.Language;

namespace Mistral.Executions.Cli;

/// <summary>The options that every command has, and what they lead to.</summary>
internal sealed class SharedOptions(ToolHost host)
{
    private const int MostCompletions = 20;

    public Option<string?> Store { get; } = new("--store", "-s")
    {
        Description = "The SQLite file of the application (or the variable MISTRAL_STORE)",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "JSON for programs instead of text for people", Recursive = true };

    /// <summary>An argument that names an execution, with the newest ones as completions.</summary>
    public Argument<string> Id(string description)
    {
        var argument = new Argument<string>("ID") { Description = description };
        argument.CompletionSources.Add(NewestIds);
        return argument;
    }

    /// <summary>Opens the store for reading only: no engine beside it notices.</summary>
    public Task<ExecutionInspector> InspectAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        ExecutionInspector.OpenAsync(OptionsFor(PathOf(parsed)), cancellationToken);

    /// <summary>Opens the store for writing. Nothing but the inbox is written, and what is purged.</summary>
    public async Task<SqliteExecutionStore> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = PathOf(parsed);
        if (!File.Exists(path))
        {
            throw new StoreException(CommitRefusal.Failed, $"There is no store at '{Path.GetFullPath(path)}'. Give the path of the file that the application opens.");
        }

        var store = new SqliteExecutionStore(path);
        await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        return store;
    }

    public string PathOf(ParseResult parsed) => parsed.GetValue(Store) ?? host.DefaultStore
        ?? throw new UsageException("Say which store: --store FILE, or the variable MISTRAL_STORE.");

    private ExecutionEngineOptions OptionsFor(string path) => new ExecutionEngineOptions(path) { Time = host.Time }.AddDocument(new LanguageDocument());

    private IEnumerable<CompletionItem> NewestIds(CompletionContext context)
    {
        if ((context.ParseResult.GetValue(Store) ?? host.DefaultStore) is not { } path || !File.Exists(path))
        {
            return [];
        }

        try
        {
            return ReadNewestAsync(path).GetAwaiter().GetResult();
        }
        catch (StoreException)
        {
            // A shell that completes has no place for an error.
            return [];
        }
    }

    private async Task<List<CompletionItem>> ReadNewestAsync(string path)
    {
        var inspector = await ExecutionInspector.OpenAsync(OptionsFor(path)).ConfigureAwait(false);
        await using (inspector.ConfigureAwait(false))
        {
            var query = new ExecutionQuery { OnlyRoots = true, NewestFirst = true, PageSize = MostCompletions };
            var page = await inspector.Store.QueryWorkflowsAsync(query, CancellationToken.None).ConfigureAwait(false);
            return [.. page.Items.Select(w => new CompletionItem(w.Id, detail: $"{w.Name} {w.State.ToWireName()}"))];
        }
    }
}
