namespace Mistral.Executions.Crash;

/// <summary>What a store had accepted at moments between kills: it must never change, and no body may run for it again.</summary>
internal sealed class AcceptedResults(string database)
{
    private readonly Dictionary<string, ActionExecution> _accepted = new(StringComparer.Ordinal);
    private readonly List<(HashSet<string> Ids, Dictionary<string, int> Lines)> _moments = [];

    public int Count => _accepted.Count;

    /// <summary>Notes what is accepted now, and how far bodies have come.</summary>
    public async Task NoteAsync(IEnumerable<HostProcess> hosts)
    {
        var fresh = (await ReadAsync()).Where(a => !_accepted.ContainsKey(a.Id)).ToList();
        foreach (var action in fresh)
        {
            _accepted.Add(action.Id, action);
        }

        _moments.Add((fresh.Select(a => a.Id).ToHashSet(StringComparer.Ordinal), hosts.ToDictionary(h => h.SidePath, h => LineFile.Read(h.SidePath).Count)));
    }

    /// <summary>What was broken of it in the end.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(IReadOnlyList<HostProcess> hosts)
    {
        var broken = new List<string>();
        var now = (await ReadAsync()).ToDictionary(a => a.Id, StringComparer.Ordinal);
        foreach (var before in _accepted.Values)
        {
            if (!now.TryGetValue(before.Id, out var after) || after.State != before.State || !after.Output.Equals(before.Output))
            {
                broken.Add($"the result {before.State.ToWireName()} {before.Output} of {before.Id} was accepted, but is {after?.State.ToWireName()} {after?.Output} now");
            }
        }

        // A process that was stopped can be just before the first line of a body, whatever others accept meanwhile.
        foreach (var host in hosts.Where(h => !h.WasStopped))
        {
            var bodies = LineFile.Read(host.SidePath).Select(l => l.Split(' ')[1]).ToList();
            foreach (var (ids, lines) in _moments)
            {
                broken.AddRange(bodies.Skip(lines.GetValueOrDefault(host.SidePath)).Where(ids.Contains).Select(id => $"a body of {id} ran after its result was accepted"));
            }
        }

        return broken;
    }

    private async Task<List<ActionExecution>> ReadAsync()
    {
        var actions = new List<ActionExecution>();
        await using var store = new SqliteExecutionStore(new SqliteStoreOptions { Path = database });
        await store.OpenAsync(CancellationToken.None);
        var query = new ExecutionQuery { States = [ExecutionState.Success, ExecutionState.Error, ExecutionState.Cancelled], PageSize = ExecutionQuery.MaximumPageSize };
        do
        {
            var page = await store.QueryActionsAsync(query, CancellationToken.None);
            actions.AddRange(page.Items);
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return actions;
    }
}
