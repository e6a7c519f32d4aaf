using System.Net;

namespace Mistral.Executions.Actions.Standard.Http;

/// <summary>Sends requests through the proxy that was given for their scheme, and past any when none was.</summary>
internal sealed class ProxyByScheme(IReadOnlyDictionary<string, WebProxy> proxies) : IWebProxy
{
    public ICredentials? Credentials { get; set; } = new ProxyCredentials(proxies.Values);

    public Uri? GetProxy(Uri destination) => proxies.GetValueOrDefault(destination.Scheme)?.Address;

    public bool IsBypassed(Uri host) => !proxies.ContainsKey(host.Scheme);

    private sealed class ProxyCredentials(IEnumerable<WebProxy> proxies) : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType) =>
            proxies.FirstOrDefault(proxy => proxy.Address == uri)?.Credentials as NetworkCredential;
    }
}
