using System.Collections.Frozen;

namespace Mistral.Executions;

/// <summary>The engine commands: reserved names that a route can lead to. See "Engine commands" in Mistral's description of the workflow language.</summary>
public static class EngineCommands
{
    /// <summary><c>noop</c>: nothing.</summary>
    public const string Noop = "noop";

    /// <summary><c>fail</c>: the workflow execution ends in ERROR.</summary>
    public const string Fail = "fail";

    /// <summary><c>succeed</c>: the workflow execution ends in SUCCESS.</summary>
    public const string Succeed = "succeed";

    /// <summary><c>pause</c>: the workflow execution is paused.</summary>
    public const string Pause = "pause";

    private static readonly FrozenSet<string> Names = FrozenSet.Create(StringComparer.Ordinal, Noop, Fail, Succeed, Pause);

    /// <summary>Whether a name is reserved for an engine command.</summary>
    /// <param name="name">The name.</param>
    /// <returns><see langword="true"/> when it is.</returns>
    public static bool Contains(string name) => Names.Contains(name);
}
