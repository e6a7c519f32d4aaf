namespace Mistral.Executions.Crash;

/// <summary>Kills hosts at random moments, starts them again on the same file, and checks every promise in the end.</summary>
internal sealed class KillHarness(int seed, int workflows, string synchronous, bool twoHosts, TextWriter output)
{
    private const int MostKillsInOneFile = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private int _kills;
    private int _stops;
    private int _promises;
    private int _broken;

    /// <summary>Kills so often, in as many rounds as it takes.</summary>
    /// <returns>Whether no promise was broken.</returns>
    public async Task<bool> RunAsync(int kills)
    {
        for (var round = 0; _kills < kills; round++)
        {
            await RunRoundAsync((seed * 1000) + round, Math.Min(MostKillsInOneFile, kills - _kills));
        }

        output.WriteLine($"{_kills} kills, {_stops} stops, {_promises} promises, {_broken} broken");
        return _broken == 0;
    }

    private async Task RunRoundAsync(int roundSeed, int kills)
    {
        var folder = Directory.CreateTempSubdirectory("mistral-crash-");
        var round = new Round(folder.FullName, roundSeed, workflows, synchronous, kills);
        await (twoHosts ? round.KillAndStopTwoAsync() : round.KillOneAsync());
        await round.EndAsync(Patience);
        _kills += round.Kills;
        _stops += round.Stops;
        _promises += round.Promises;
        _broken += round.Broken.Count;
        foreach (var line in round.Broken)
        {
            output.WriteLine($"broken: {line}");
        }

        output.WriteLine($"seed {roundSeed}: {round.Kills} kills, {round.Stops} stops, {round.Promises} promises, {round.Broken.Count} broken{(round.Broken.Count > 0 ? $", see {folder.FullName}" : "")}");
        if (round.Broken.Count == 0)
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One file and the hosts that use it.</summary>
    private sealed class Round(string folder, int seed, int workflows, string synchronous, int mostKills)
    {
        private readonly Random _random = new(seed);
        private readonly List<HostProcess> _hosts = [];
        private readonly string _database = Path.Combine(folder, "load.db");
        private readonly string _acks = Path.Combine(folder, "acks");
        private readonly AcceptedResults _accepted = new(Path.Combine(folder, "load.db"));

        public int Kills { get; private set; }

        public int Stops { get; private set; }

        public int Promises { get; private set; }

        public List<string> Broken { get; } = [];

        public async Task KillOneAsync()
        {
            for (var host = Start(0); Kills < mostKills && !await host.EndsWithinAsync(NextWait()); host = Start(0))
            {
                await KillAsync(host);
            }
        }

        public async Task KillAndStopTwoAsync()
        {
            HostProcess[] hosts = [Start(0), Start(1)];
            while (Kills < mostKills)
            {
                var place = _random.Next(2);
                if (await hosts[place].EndsWithinAsync(NextWait()))
                {
                    return;
                }

                var isStopped = _random.Next(3) == 0;
                if (isStopped)
                {
                    hosts[place].Stop();
                    Stops++;
                    await Task.Delay((Load.Lease * 1.5) + (Load.Lease * _random.NextDouble()));
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

        // Often while it starts and takes up what the one before left, else while it works.
        private TimeSpan NextWait() => TimeSpan.FromSeconds(_random.Next(10) < 3 ? _random.NextDouble() * 1.2 : 1.2 + (_random.NextDouble() * 2.8));
    }
}
