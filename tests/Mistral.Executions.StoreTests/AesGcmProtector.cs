using System.Security.Cryptography;

namespace Mistral.Executions.StoreTests;

/// <summary>A protector as a host writes it: AES-GCM, a new nonce each time, all in one block.</summary>
internal sealed class AesGcmProtector(byte[] key) : ISecretProtector
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public AesGcmProtector()
        : this(RandomNumberGenerator.GetBytes(32))
    {
    }

    public byte[] Protect(ReadOnlySpan<byte> data)
    {
        var block = new byte[NonceSize + TagSize + data.Length];
        RandomNumberGenerator.Fill(block.AsSpan(0, NonceSize));
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(block.AsSpan(0, NonceSize), data, block.AsSpan(NonceSize + TagSize), block.AsSpan(NonceSize, TagSize));
        return block;
    }

    public byte[] Unprotect(ReadOnlySpan<byte> protectedData)
    {
        var data = new byte[protectedData.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(protectedData[..NonceSize], protectedData[(NonceSize + TagSize)..], protectedData.Slice(NonceSize, TagSize), data);
        return data;
    }
}
