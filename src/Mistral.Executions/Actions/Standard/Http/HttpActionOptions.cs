namespace Mistral.Executions;

/// <summary>How <c>std.http</c> and <c>std.mistral_http</c> reach the network.</summary>
public sealed record HttpActionOptions
{
    /// <summary>
    /// Whether requests may go to loopback, link-local, private and other addresses that are not public; <see langword="false"/>
    /// by default, so that nobody who writes a workflow reaches the services of the host. The address of every connection
    /// is checked, those of redirects included.
    /// </summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>How long a request may take when the workflow does not say; 60 seconds by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many bytes the content of a response may have, after decompression; 5 MiB by default.</summary>
    public int MaximumResponseBytes { get; init; } = 5 * 1024 * 1024;

    /// <summary>
    /// Sends the requests instead of the handler of the library: for a proxy, client certificates or a test. It must
    /// not follow redirects or keep cookies itself, and decides itself which addresses it connects to;
    /// <see cref="AllowPrivateAddresses"/> and the parameters <c>verify</c> and <c>proxies</c> have no meaning then, and a workflow
    /// that gives one of the two fails. The host disposes it.
    /// </summary>
    public HttpMessageHandler? Handler { get; init; }
}
