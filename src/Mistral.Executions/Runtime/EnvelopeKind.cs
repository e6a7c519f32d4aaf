namespace Mistral.Executions.Runtime;

/// <summary>What a mailbox is asked for.</summary>
internal enum EnvelopeKind
{
    /// <summary>To decide upon a message.</summary>
    Message,

    /// <summary>To take the tree over, when its engine is dead.</summary>
    Load,

    /// <summary>To delete the tree, when it has ended.</summary>
    Delete,
}
