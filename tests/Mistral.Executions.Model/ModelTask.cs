namespace Mistral.Executions.Model;

/// <summary>What the model says of a task: everything that decides which tasks run, and nothing else.</summary>
internal sealed record ModelTask(string Name)
{
    public IReadOnlyList<ModelRoute> Routes { get; init; } = [];

    /// <summary>How many tasks a join waits for, 0 for all of them; <see langword="null"/> when it is no join.</summary>
    public int? Join { get; init; }

    /// <summary>How many items it has; <see langword="null"/> without <c>with-items</c>.</summary>
    public int? Items { get; init; }

    public int Concurrency { get; init; }

    public int Retries { get; init; }

    public int WaitBefore { get; init; }

    public int WaitAfter { get; init; }

    public int Timeout { get; init; }

    public bool PauseBefore { get; init; }

    public bool FailOn { get; init; }

    public override string ToString()
    {
        var parts = new List<string> { Name };
        void Add(bool wanted, string text)
        {
            if (wanted)
            {
                parts.Add(text);
            }
        }

        Add(Join is not null, Join == 0 ? "join all" : $"join {Join}");
        Add(Items is not null, $"items {Items}/{Concurrency}");
        Add(Retries > 0, $"retry {Retries}");
        Add(WaitBefore > 0, $"wait-before {WaitBefore}");
        Add(WaitAfter > 0, $"wait-after {WaitAfter}");
        Add(Timeout > 0, $"timeout {Timeout}");
        Add(PauseBefore, "pause-before");
        Add(FailOn, "fail-on");
        parts.AddRange(Routes.Select(r => r.ToString()));
        return string.Join(' ', parts);
    }
}
