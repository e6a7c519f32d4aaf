using System.Text;

namespace Mistral.Executions;

/// <summary>What a caller can say when a workflow is started, beside its input.</summary>
public sealed record StartOptions
{
    /// <summary>
    /// The id of the execution: 1 to 255 characters. Starting the same workflow with the same id and input again gives the
    /// execution that is there. A new UUIDv7 when <see langword="null"/>.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>The namespace in which the workflow is looked up first.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>A text for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Tags beside those of the workflow.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What expressions see as <c>env()</c>.</summary>
    public JsonMap Environment { get; init; } = JsonMap.Empty;

    /// <summary>
    /// The name of an environment (<see cref="ExecutionEngine.DefineEnvironmentAsync"/>) whose variables expressions see as
    /// <c>env()</c>, instead of <see cref="Environment"/>. The execution keeps them as they are at its start. The parameter
    /// <c>env</c> with a text does the same.
    /// </summary>
    public string? EnvironmentName { get; init; }

    /// <summary>Start parameters that are not input, such as the target task of a reverse workflow (<c>task_name</c>).</summary>
    public JsonMap Parameters { get; init; } = JsonMap.Empty;

    // Never data: records come into logs by themselves.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Id = {Id}, Namespace = {Namespace}, EnvironmentName = {EnvironmentName}");
        return true;
    }
}
