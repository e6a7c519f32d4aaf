using System.Net;
using System.Net.Sockets;
using System.Text;
using Mistral.Executions.Actions.Standard.Http;

namespace Mistral.Executions.Tests.Actions.Http;

public sealed class PublicAddressTests
{
    [TestCase("0.0.0.0")]
    [TestCase("10.1.2.3")]
    [TestCase("100.64.0.1")]
    [TestCase("127.0.0.1")]
    [TestCase("127.255.255.254")]
    [TestCase("169.254.169.254")]
    [TestCase("172.16.0.1")]
    [TestCase("172.31.255.255")]
    [TestCase("192.168.1.1")]
    [TestCase("224.0.0.1")]
    [TestCase("255.255.255.255")]
    [TestCase("::")]
    [TestCase("::1")]
    [TestCase("fe80::1")]
    [TestCase("fd00::1")]
    [TestCase("ff02::1")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase("64:ff9b::7f00:1")]
    [TestCase("2002:a00:1::1")]
    public void Addresses_of_hosts_and_networks_of_their_own_are_not_public(string address) =>
        PublicAddress.IsPublic(IPAddress.Parse(address)).Should().BeFalse();

    [TestCase("1.1.1.1")]
    [TestCase("100.63.255.255")]
    [TestCase("172.15.0.1")]
    [TestCase("172.32.0.1")]
    [TestCase("192.167.255.255")]
    [TestCase("223.255.255.255")]
    [TestCase("2606:4700::1111")]
    [TestCase("::ffff:1.1.1.1")]
    [TestCase("64:ff9b::101:101")]
    [TestCase("2002:101:101::1")]
    public void Addresses_of_the_internet_are_public(string address) =>
        PublicAddress.IsPublic(IPAddress.Parse(address)).Should().BeTrue();

    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    public async Task The_services_of_the_host_are_not_reached(string host)
    {
        using var server = LocalServer.Start();

        var run = await HttpBench.RunAsync("std.http", $$"""{"url": "http://{{host}}:{{server.Port}}/"}""", new());

        run.Result!.Value.AsString().Should().Contain($"'{host}' has no public address").And.Contain(nameof(HttpActionOptions.AllowPrivateAddresses));
        server.IsAsked.Should().BeFalse();
    }

    [Test]
    public async Task The_services_of_the_host_are_not_reached_through_a_proxy_of_their_own()
    {
        using var server = LocalServer.Start();

        var run = await HttpBench.RunAsync("std.http", $$$"""{"url": "http://example.org/", "proxies": {"http": "http://127.0.0.1:{{{server.Port}}}"}}""", new());

        run.Result!.Value.AsString().Should().Contain("'127.0.0.1' has no public address");
        server.IsAsked.Should().BeFalse();
    }

    [Test]
    public async Task The_host_can_allow_its_own_services()
    {
        using var server = LocalServer.Start();

        var run = await HttpBench.RunAsync("std.http", $$"""{"url": "http://127.0.0.1:{{server.Port}}/"}""", new() { AllowPrivateAddresses = true });

        run.Result!.Value["content"].Should().Be((JsonData)"hello");
    }

    private sealed class LocalServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public bool IsAsked { get; private set; }

        public static LocalServer Start()
        {
            var server = new LocalServer();
            server._listener.Start();
            _ = server.AnswerAsync();
            return server;
        }

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync()
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                IsAsked = true;
                var stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[4096], 1);
                await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Nobody asked before the end of the test.
            }
        }
    }
}
