using System.Buffers.Binary;

namespace Mistral.Executions.Benchmarks.Limits;

/// <summary>UUIDv7 in bytes, each later than the one before.</summary>
internal sealed class OrderedIds
{
    private ulong _count = (ulong)Random.Shared.NextInt64(1L << 40);

    public byte[] Next()
    {
        var id = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() << 16) | 0x7000L);
        BinaryPrimitives.WriteUInt64BigEndian(id.AsSpan(8), 0x8000_0000_0000_0000UL | ++_count);
        return id;
    }
}
