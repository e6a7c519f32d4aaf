using System.Net;
using System.Net.Sockets;

namespace Mistral.Executions.Actions.Standard.Http;

/// <summary>Opens connections to public addresses only.</summary>
internal static class PublicConnection
{
    /// <summary>Connects to the first public address of the host that answers.</summary>
    /// <exception cref="ActionFailedException">The host has no public address.</exception>
    public static async ValueTask<Stream> OpenAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, cancellationToken).ConfigureAwait(false);
        var allowed = Array.FindAll(addresses, PublicAddress.IsPublic);
        if (allowed.Length == 0)
        {
            throw new ActionFailedException($"'{host.Host}' has no public address ({string.Join(", ", addresses.Select(a => a.ToString()))}). The host application can allow private ones with {nameof(HttpActionOptions.AllowPrivateAddresses)}.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, host.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
