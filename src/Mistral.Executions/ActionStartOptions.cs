namespace Mistral.Executions;

/// <summary>What a caller can say when an action is started that stands alone, beside its input.</summary>
public sealed record ActionStartOptions
{
    /// <summary>
    /// The id of the action execution: 1 to 255 characters. Starting the same action with the same id and input again gives
    /// the execution that is there. A new UUIDv7 when <see langword="null"/>.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>The namespace in which the action is looked up first.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The queue it runs in; the common one when <see langword="null"/>.</summary>
    public string? Target { get; init; }
}
