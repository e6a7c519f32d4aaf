namespace Mistral.Executions.Benchmarks.Limits;

/// <summary>The keys of a workflow execution that is written without an engine.</summary>
internal sealed class BareExecution
{
    public byte[] Id { get; set; } = [];

    public byte[] TaskId { get; set; } = [];

    public byte[] ActionId { get; set; } = [];

    public int Ordinal { get; set; }
}
