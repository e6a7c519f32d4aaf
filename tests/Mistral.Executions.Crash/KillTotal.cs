using System.Globalization;
using System.Text.RegularExpressions;

namespace Mistral.Executions.Crash;

/// <summary>What came of one round of kills, and how a line says it.</summary>
internal sealed partial record KillTotal(bool TwoHosts, int Seed, int Kills, int Stops, int Promises, int Broken)
{
    public static KillTotal Parse(string line)
    {
        var match = Form().Match(line);
        return match.Success
            ? new(match.Groups["hosts"].Value == "two hosts", Number("seed"), Number("kills"), Number("stops"), Number("promises"), Number("broken"))
            : throw new FormatException($"'{line}' tells nothing about a round of kills.");

        int Number(string name) => int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(TwoHosts ? "two hosts" : "one host")}, seed {Seed}: {Kills} kills, {Stops} stops, {Promises} promises, {Broken} broken");

    [GeneratedRegex("^(?<hosts>one host|two hosts), seed (?<seed>\\d+): (?<kills>\\d+) kills, (?<stops>\\d+) stops, (?<promises>\\d+) promises, (?<broken>\\d+) broken$")]
    private static partial Regex Form();
}
