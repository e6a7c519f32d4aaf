using Mistral.Executions.Decisions;

namespace Mistral.Executions.Actions;

/// <summary>An action that was found by its name.</summary>
internal abstract class RunnableAction : ActionTraits
{
    /// <summary>The action whose body runs: of an ad-hoc action, that at the end of the chain of bases.</summary>
    /// <exception cref="DefinitionException">The chain of bases has no end.</exception>
    public abstract ActionDescriptor Body { get; }
}
