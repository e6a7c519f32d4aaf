namespace Mistral.Executions.Crash;

/// <summary>One file, and the hosts that use it until they are killed.</summary>
internal sealed class KillRound(string folder, int seed, int workflows, string synchronous, int mostKills)
{
    private static readonly TimeSpan LongestWork = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(3);

    private readonly Random _random = new(seed);
    private readonly List<HostProcess> _hosts = [];
    private readonly string _database = Path.Combine(folder, "load.db");
    private readonly string _acks = Path.Combine(folder, "acks");
    private readonly AcceptedResults _accepted = new(Path.Combine(folder, "load.db"));

    public int Kills { get; private set; }

    public int Stops { get; private set; }

    public int Promises { get; private set; }

    public List<string> Broken { get; } = [];

    /// <summary>Kills the only host again and again, until it was killed often enough or is done.</summary>
    public async Task KillOneAsync()
    {
        for (var host = Start(0); Kills < mostKills && !await EndsBeforeTheMomentAsync(host); host = Start(0))
        {
            await KillAsync(host);
        }
    }

    /// <summary>Kills two hosts, and stops them for longer than their lease, until that was often enough or one is done.</summary>
    public async Task KillAndStopTwoAsync()
    {
        HostProcess[] hosts = [Start(0), Start(1)];
        while (Kills < mostKills)
        {
            var place = _random.Next(2);
            if (await EndsBeforeTheMomentAsync(hosts[place]))
            {
                return;
            }

            var isStopped = _random.Next(4) == 0;
            if (isStopped)
            {
                hosts[place].Stop();
                Stops++;
                var ends = Task.Delay((Load.Lease * 1.5) + (Load.Lease * _random.NextDouble()));
                if (_random.Next(2) == 0 && !await EndsBeforeTheMomentAsync(hosts[1 - place]))
                {
                    // The one that is stopped can hold the file: nobody looks into it now.
                    await hosts[1 - place].KillAsync();
                    Kills++;
                    hosts[1 - place] = Start(1 - place);
                }

                await ends;
            }

            if (isStopped && _random.Next(2) == 0)
            {
                hosts[place].Continue();
            }
            else
            {
                await KillAsync(hosts[place]);
                hosts[place] = Start(place);
            }
        }
    }

    /// <summary>Lets the hosts end, and looks at what they left.</summary>
    public async Task EndAsync(TimeSpan patience)
    {
        foreach (var host in _hosts)
        {
            if (!await host.EndsWithinAsync(patience))
            {
                Broken.Add("a host does not come to its end");
                await host.KillAsync();
            }
            else if (!host.WasKilled && await host.FaultAsync() is { } fault)
            {
                Broken.Add(fault);
            }
        }

        await _accepted.NoteAsync(_hosts);
        var side = Path.Combine(folder, "side");
        await File.WriteAllLinesAsync(side, _hosts.SelectMany(h => LineFile.Read(h.SidePath)));
        var verifier = new Verifier(_database, side, _acks);
        await verifier.RunAsync();
        Broken.AddRange(verifier.Broken);
        Broken.AddRange(await _accepted.CheckAsync(_hosts));
        Promises = verifier.Count + _accepted.Count;
        _hosts.ForEach(h => h.Dispose());
    }

    private HostProcess Start(int place)
    {
        var host = new HostProcess(_database, Path.Combine(folder, $"side-{_hosts.Count:D3}"), _acks, (seed * 2) + place, workflows, synchronous);
        _hosts.Add(host);
        return host;
    }

    private async Task KillAsync(HostProcess host)
    {
        await host.KillAsync();
        Kills++;
        if (File.Exists(_database))
        {
            await _accepted.NoteAsync(_hosts);
        }
    }

    /// <summary>
    /// Waits for a moment to kill a host: often while it starts and takes up what the one before left, else after so many
    /// bodies, however slow the machine is.
    /// </summary>
    /// <returns>Whether the host has come to its end before.</returns>
    private async Task<bool> EndsBeforeTheMomentAsync(HostProcess host)
    {
        if (_random.Next(10) < 3)
        {
            return await host.EndsWithinAsync(TimeSpan.FromSeconds(_random.NextDouble()));
        }

        var bodies = LineFile.Read(host.SidePath).Count + 1 + _random.Next(40);
        for (var waited = TimeSpan.Zero; waited < LongestWork && LineFile.Read(host.SidePath).Count < bodies; waited += Look)
        {
            if (await host.EndsWithinAsync(Look))
            {
                return true;
            }
        }

        return await host.EndsWithinAsync(TimeSpan.FromMilliseconds(_random.Next(30)));
    }
}
