using System.Collections.Concurrent;
using Mistral.Executions.Actions;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Runtime;

/// <summary>
/// The definitions and actions that decisions can name: those the host registers, and those that executions go on with
/// although the host has others by now. Of the latter, memory keeps what a loaded tree uses, and the last few.
/// </summary>
internal sealed class DefinitionCatalog : IDecisionCatalog
{
    private const int MostKept = 256;

    private readonly IExecutionStore _store;
    private readonly IReadOnlyDictionary<string, Func<StoredDefinition, WorkflowDefinition>> _readers;
    private readonly ActionRegistry _actions;
    private readonly Func<JsonData, IExpression> _template;
    private readonly ConcurrentDictionary<(string Namespace, string Name), WorkflowDefinition> _byName = new();
    private readonly ConcurrentDictionary<string, WorkflowDefinition> _registered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WeakReference<ReadDefinition>> _read = new(StringComparer.Ordinal);
    private readonly Queue<ReadDefinition> _lastRead = new();
    private volatile bool _hasSecrets;

    public DefinitionCatalog(
        IExecutionStore store,
        ActionRegistry actions,
        IEnumerable<WorkflowDefinition> definitions,
        IReadOnlyDictionary<string, Func<StoredDefinition, WorkflowDefinition>> readers,
        Func<JsonData, IExpression> template,
        SecretNames secretNames)
    {
        (_store, _actions, _readers, _template, SecretNames) = (store, actions, readers, template, secretNames);
        _hasSecrets = !secretNames.IsEmpty || actions.HasSecrets;
        foreach (var definition in definitions)
        {
            _byName[(definition.Namespace, definition.Name)] = definition;
            _registered[definition.Hash] = definition;
            LookForSecrets(definition);
        }
    }

    public bool HasSecrets => _hasSecrets;

    public SecretNames SecretNames { get; }

    /// <summary>The names of the registered workflows, whatever their namespace.</summary>
    public IReadOnlyCollection<string> WorkflowNames => [.. _byName.Keys.Select(k => k.Name).Distinct()];

    public WorkflowDefinition? FindWorkflow(string name, string @namespace) =>
        _byName.TryGetValue((@namespace, name), out var definition) || _byName.TryGetValue(("", name), out definition) ? definition : null;

    public WorkflowDefinition? FindWorkflowByHash(string hash) =>
        _registered.TryGetValue(hash, out var definition) ? definition : FindRead(hash)?.Definition;

    public ActionTraits? FindAction(string name, string @namespace) => _actions.Find(name, @namespace);

    public IExpression Template(JsonData data) => _template(data);

    /// <summary>Makes a definition that was not registered by name known, for as long as the engine is open.</summary>
    public void Use(WorkflowDefinition definition)
    {
        _registered.TryAdd(definition.Hash, definition);
        LookForSecrets(definition);
    }

    /// <summary>
    /// Makes the definitions of a tree ready. What it gives is to be held for as long as the tree is in memory.
    /// </summary>
    /// <exception cref="DefinitionMismatchException">One of them cannot be read any more.</exception>
    public async ValueTask<IReadOnlyList<ReadDefinition>> PrepareAsync(IEnumerable<string> hashes)
    {
        List<ReadDefinition>? prepared = null;
        foreach (var hash in hashes)
        {
            if (!_registered.ContainsKey(hash))
            {
                (prepared ??= []).Add(FindRead(hash) ?? await ReadAsync(hash).ConfigureAwait(false));
            }
        }

        return prepared ?? [];
    }

    private void LookForSecrets(WorkflowDefinition definition) =>
        _hasSecrets |= definition.Content.Input.Any(static parameter => parameter.IsSecret);

    private ReadDefinition? FindRead(string hash) =>
        _read.TryGetValue(hash, out var reference) && reference.TryGetTarget(out var read) ? read : null;

    private async ValueTask<ReadDefinition> ReadAsync(string hash)
    {
        var stored = await _store.ReadDefinitionAsync(hash, CancellationToken.None).ConfigureAwait(false)
            ?? throw new DefinitionMismatchException($"The definition with the hash {hash} is not in the store.");
        var read = Read(stored);
        lock (_lastRead)
        {
            _read[hash] = new(read);
            _lastRead.Enqueue(read);
            if (_lastRead.Count > MostKept)
            {
                _lastRead.Dequeue();
                RemoveUnused();
            }
        }

        return read;
    }

    private ReadDefinition Read(StoredDefinition stored)
    {
        if (stored.Format == DefinitionStructure.Format)
        {
            var reason = FindWorkflow(stored.Name, stored.Namespace) is null
                ? $"The workflow '{stored.Name}' that was made in C# is not registered any more. Register it again, then resume the execution."
                : $"The workflow '{stored.Name}' that was made in C# has another structure now than when the execution was started. Register the former one under its name, then resume the execution; or stop it.";
            return new(StructureReader.Read(stored), new DefinitionMismatchException(reason));
        }

        if (!_readers.TryGetValue(stored.Format, out var reader))
        {
            throw new DefinitionMismatchException($"Nothing is registered that reads definitions of format '{stored.Format}', in which the workflow '{stored.Name}' is kept.");
        }

        try
        {
            return new(reader(stored), null);
        }
        catch (DefinitionException exception)
        {
            throw new DefinitionMismatchException($"The definition of the workflow '{stored.Name}' that is kept with its execution cannot be read any more.", exception);
        }
    }

    private void RemoveUnused()
    {
        if (_read.Count <= MostKept * 2)
        {
            return;
        }

        foreach (var (hash, reference) in _read)
        {
            if (!reference.TryGetTarget(out _))
            {
                _read.TryRemove(new(hash, reference));
            }
        }
    }

    /// <summary>A definition that was read from the store.</summary>
    /// <param name="Definition">The definition.</param>
    /// <param name="Mismatch">Why no decision can be taken with it, when the host has to do something first.</param>
    public sealed record ReadDefinition(WorkflowDefinition Definition, DefinitionMismatchException? Mismatch);
}
