using Mistral.Executions;
using Mistral.Executions.Crash;
using Mistral.Executions.Crash.Commits;

return args switch
{
    ["host", ..] => await HostAsync(new(args[1..], "--db", "--side", "--acks", "--seed", "--workflows", "--synchronous")),
    ["verify", ..] => await VerifyAsync(new(args[1..], "--db", "--side", "--acks")),
    ["kill", ..] => await KillAsync(new(args[1..], "--kills", "--seed", "--two-hosts", "--workflows", "--synchronous", "--totals")),
    ["commits", ..] => await CommitsAsync(new(args[1..], "--step", "--before", "--again")),
    ["commit-host", ..] => await CommitHostAsync(new(args[1..], "--db", "--clock", "--commit", "--before")),
    _ => Usage(),
};

static async Task<int> HostAsync(CommandLine arguments)
{
    var host = new Host(arguments["--db"], arguments["--side"], arguments["--acks"], Enum.Parse<SqliteSynchronous>(arguments["--synchronous"], ignoreCase: true));
    await host.RunAsync(arguments.Number("--seed"), arguments.Number("--workflows"));
    return 0;
}

static async Task<int> VerifyAsync(CommandLine arguments)
{
    var verifier = new Verifier(arguments["--db"], arguments["--side"], arguments["--acks"]);
    await verifier.RunAsync();
    foreach (var line in verifier.Broken)
    {
        Console.Error.WriteLine($"broken: {line}");
    }

    Console.WriteLine($"{verifier.Count} promises, {verifier.Broken.Count} broken");
    return verifier.Broken.Count == 0 ? 0 : 1;
}

static async Task<int> KillAsync(CommandLine arguments)
{
    var synchronous = arguments.Has("--synchronous") ? arguments["--synchronous"] : "FULL";
    var totals = new KillTotals(arguments.Has("--totals") ? arguments["--totals"] : null);
    var harness = new KillHarness(arguments.Number("--seed"), arguments.Number("--workflows", 200), synchronous, arguments.Has("--two-hosts"), totals, Console.Out);
    return await harness.RunAsync(arguments.Number("--kills")) ? 0 : 1;
}

static async Task<int> CommitsAsync(CommandLine arguments)
{
    var harness = new CommitHarness(arguments.Number("--step", 1), arguments.Has("--before"), Console.Out);
    return await harness.RunAsync(arguments.Has("--again")) ? 0 : 1;
}

static async Task<int> CommitHostAsync(CommandLine arguments)
{
    var host = new CommitHost(arguments["--db"], arguments["--clock"]);
    foreach (var line in await host.RunAsync(arguments.Number("--commit"), arguments.Has("--before")))
    {
        Console.WriteLine(line);
    }

    return 0;
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: host --db FILE --side FILE --acks FILE --seed N --workflows K --synchronous FULL|NORMAL|OFF
               verify --db FILE --side FILE --acks FILE
               kill --kills N --seed N [--two-hosts] [--workflows K] [--synchronous FULL|NORMAL|OFF] [--totals FILE]
               commits [--step N] [--before] [--again]
               commit-host --db FILE --clock FILE --commit N [--before]
        """);
    return 2;
}
