using System.Buffers;

namespace Mistral.Executions.Actions;

/// <summary>Takes bytes up to a limit.</summary>
internal sealed class BoundedBuffer(int maximumBytes) : IBufferWriter<byte>
{
    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <exception cref="ActionFailedException">There are more bytes than the limit lets pass.</exception>
    public void Advance(int count)
    {
        if ((long)_bytes.WrittenCount + count > maximumBytes)
        {
            throw JsonMeasure.TooLarge($"more than {(long)_bytes.WrittenCount + count - 1}", maximumBytes);
        }

        _bytes.Advance(count);
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => _bytes.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => _bytes.GetSpan(sizeHint);
}
