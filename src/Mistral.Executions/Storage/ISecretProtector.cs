namespace Mistral.Executions;

/// <summary>
/// Makes data unreadable before a store writes them, and readable again: with a key that is the host's affair. It is called
/// from several threads at once.
/// </summary>
public interface ISecretProtector
{
    /// <summary>Makes data unreadable. The same data need not give the same bytes twice.</summary>
    /// <param name="data">What is to be written. It belongs to the caller, and is another one after the call.</param>
    /// <returns>What is written in its place.</returns>
    byte[] Protect(ReadOnlySpan<byte> data);

    /// <summary>Makes data readable again.</summary>
    /// <param name="protectedData">What <see cref="Protect"/> gave, maybe in another process and years ago.</param>
    /// <returns>The data.</returns>
    /// <exception cref="Exception">The data were protected with another key, or have been changed. Any exception will do.</exception>
    byte[] Unprotect(ReadOnlySpan<byte> protectedData);
}
