namespace Mistral.Executions.Simulation.Faults;

/// <summary>What can go wrong with a commit.</summary>
internal enum CommitFault
{
    None,

    /// <summary>Not written: somebody else holds the store.</summary>
    Busy,

    /// <summary>Not written, and for a while nothing will be: the disk is full.</summary>
    Full,

    /// <summary>Not written, for another reason.</summary>
    Failed,

    /// <summary>One set of the group is not written.</summary>
    OneFailed,

    /// <summary>Not written, and nobody can tell.</summary>
    UnknownBefore,

    /// <summary>Written, and nobody can tell.</summary>
    UnknownAfter,

    /// <summary>Not written; the store throws.</summary>
    ThrowsBefore,

    /// <summary>Written; the store throws.</summary>
    ThrowsAfter,

    Last = ThrowsAfter,
}
