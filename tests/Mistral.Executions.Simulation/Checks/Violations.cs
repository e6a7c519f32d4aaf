namespace Mistral.Executions.Simulation.Checks;

/// <summary>Every promise that a run broke.</summary>
internal sealed class Violations(History history)
{
    private const int Most = 20;

    public List<string> All { get; } = [];

    public void Add(Promise promise, string what)
    {
        history.Event($"broken {promise}: {what}");
        if (All.Count < Most)
        {
            All.Add($"{promise}: {what}");
        }
    }
}
