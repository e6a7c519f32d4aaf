namespace Mistral.Executions;

/// <summary>How <c>std.http</c> and <c>std.mistral_http</c> reach the network.</summary>
public sealed record HttpActionOptions
{
    /// <summary>
    /// Whether requests may go to loopback, link-local, private and other addresses that are not public; <see langword="false"/>
    /// by default, so that nobody who writes a workflow reaches the services of the host. The address of every connection
    /// is checked, those of redirects and of a proxy that the workflow names included; where a proxy goes is its own matter.
    /// </summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>How long a request may take when the workflow does not say; 60 seconds by default, at most 49 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than 49 days.</exception>
    public TimeSpan Timeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(Timeout));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(49), nameof(Timeout));
            field = value;
        }
    } = TimeSpan.FromSeconds(60);

    /// <summary>How many bytes the content of a response may have, after decompression; 5 MiB by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int MaximumResponseBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(MaximumResponseBytes));
            field = value;
        }
    } = 5 * 1024 * 1024;

    /// <summary>
    /// Sends the requests instead of the handler of the library: for a proxy, client certificates or a test. It must
    /// not follow redirects or keep cookies itself, and decides itself which addresses it connects to;
    /// <see cref="AllowPrivateAddresses"/> and the parameters <c>verify</c> and <c>proxies</c> have no meaning then, and a workflow
    /// that gives one of the two fails. The host disposes it.
    /// </summary>
    public HttpMessageHandler? Handler { get; init; }
}
