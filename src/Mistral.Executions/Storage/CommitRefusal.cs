namespace Mistral.Executions;

/// <summary>Why a store refused a set of changes.</summary>
public enum CommitRefusal
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>A new tree's root exists already.</summary>
    AlreadyExists,

    /// <summary>The engine no longer owns the tree, or its lease was taken over.</summary>
    NotOwner,

    /// <summary>There is no room.</summary>
    Full,

    /// <summary>Someone else holds the store for longer than one waits.</summary>
    Busy,

    /// <summary>The store can only be read.</summary>
    ReadOnly,

    /// <summary>The changes themselves cannot be written: a limit or a constraint of the store.</summary>
    Invalid,

    /// <summary>The store failed in another way; the cause says how.</summary>
    Failed,
}
