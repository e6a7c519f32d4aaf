using System.Buffers.Binary;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Runtime;

/// <summary>Gives UUIDv7 ids, each later than the one before, also within one millisecond and when the clock goes back.</summary>
/// <param name="random">Where chance comes from; it is used under a lock.</param>
internal sealed class OrderedIdSource(Random random) : IIdSource
{
    private readonly Lock _gate = new();
    private long _milliseconds;

    // What follows the time: 12 bits, and the 62 bits after the variant.
    private int _high;
    private ulong _low;

    public string NewId(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_gate)
        {
            MoveOn(now.ToUnixTimeMilliseconds());
            BinaryPrimitives.WriteInt64BigEndian(bytes, (_milliseconds << 16) | 0x7000L | (long)_high);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000UL | _low);
        }

        return new Guid(bytes, bigEndian: true).ToString();
    }

    public double NextFraction()
    {
        lock (_gate)
        {
            return random.NextDouble();
        }
    }

    private void MoveOn(long milliseconds)
    {
        if (milliseconds > _milliseconds)
        {
            // One bit is left free for what counts up within the millisecond.
            _milliseconds = milliseconds;
            _high = random.Next(1 << 11);
            _low = (ulong)random.NextInt64(1L << 62);
            return;
        }

        _low += 1 + (ulong)random.NextInt64(1L << 32);
        if (_low >> 62 != 0)
        {
            _low &= (1UL << 62) - 1;
            _high++;
        }

        if (_high >> 12 != 0)
        {
            _high = 0;
            _milliseconds++;
        }
    }
}
