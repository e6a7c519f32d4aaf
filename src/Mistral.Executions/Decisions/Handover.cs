namespace Mistral.Executions.Decisions;

/// <summary>The data that a finished task hands on, and where they are found again.</summary>
internal readonly record struct Handover(DataContext Data, ContextOrigin Origin)
{
    public static Handover Nothing => new(DataContext.Empty, ContextOrigin.Empty);

    /// <summary>Brings branches together, in the order in which their tasks were created.</summary>
    public static Handover Merge(IReadOnlyList<Handover> branches)
    {
        if (branches.Count == 0)
        {
            return Nothing;
        }

        var data = DataContext.Merge([.. branches.Select(b => b.Data)]);
        var same = branches.FirstOrDefault(b => ReferenceEquals(b.Data, data));
        return same.Data is null ? new(data, new() { Snapshot = data.ToSnapshot() }) : same;
    }
}
