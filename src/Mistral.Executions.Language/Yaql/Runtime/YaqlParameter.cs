namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>One parameter of a function.</summary>
/// <param name="Name">The name for named arguments.</param>
/// <param name="Type">What it takes.</param>
internal sealed record YaqlParameter(string Name, YaqlParameterType Type)
{
    /// <summary>Whether the argument may be missing.</summary>
    internal bool HasDefault { get; private init; }

    /// <summary>The value when the argument is missing.</summary>
    internal object? Default { get; private init; }

    public static implicit operator YaqlParameter((string Name, YaqlParameterType Type) declaration) =>
        new(declaration.Name, declaration.Type);

    /// <summary>This parameter with a default.</summary>
    internal YaqlParameter Or(object? value) => this with { HasDefault = true, Default = value };

    /// <summary>This parameter with a default that no argument can be.</summary>
    internal YaqlParameter OrMissing() => Or(YaqlLeftOut.Value);
}
