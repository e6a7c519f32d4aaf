namespace Mistral.Executions;

/// <summary>A definition that can never work: refused when it is built or read, with every fault that was found.</summary>
public sealed class DefinitionException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="faults">What is wrong, at least one.</param>
    public DefinitionException(params IReadOnlyList<DefinitionFault> faults)
        : base(Describe(faults)) => Faults = faults;

    /// <summary>What is wrong, in the order of the definition.</summary>
    public IReadOnlyList<DefinitionFault> Faults { get; }

    private static string Describe(IReadOnlyList<DefinitionFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentOutOfRangeException.ThrowIfZero(faults.Count);
        return faults.Count == 1
            ? faults[0].ToString()
            : $"{faults.Count} faults in the definition:\n{string.Join('\n', faults)}";
    }
}
