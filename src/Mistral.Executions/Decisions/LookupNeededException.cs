namespace Mistral.Executions.Decisions;

/// <summary>Carries a <see cref="Lookup"/> out of an expression to the decider. Never leaves it.</summary>
internal sealed class LookupNeededException(Lookup lookup) : ExpressionInterruptedException("A decision needs something that is not in memory.")
{
    public Lookup Lookup { get; } = lookup;
}
