using System.Net;
using System.Net.Security;

namespace Mistral.Executions.Actions.Standard.Http;

/// <summary>
/// <c>std.http</c> and <c>std.mistral_http</c>, with the connections they share. See "std.http" and "std.mistral_http" in Mistral's
/// description of the workflow language.
/// </summary>
internal sealed class HttpActions : IDisposable
{
    private readonly HttpActionOptions _options;
    private readonly HttpMessageInvoker _shared;

    public HttpActions(HttpActionOptions options)
    {
        _options = options;
        _shared = options.Handler is { } handler
            ? new(handler, disposeHandler: false)
            : new(CreateHandler(checksCertificates: true), disposeHandler: true);
        Descriptors =
        [
            new("std.http")
            {
                Parameters = HttpCall.Parameters,
                IsSafe = HttpCall.IsSafe,
                RunAsync = async (input, context, outputBytes) =>
                    JsonMeasure.Checked(await SendAsync(HttpCall.Read(input), context).ConfigureAwait(false), outputBytes),
            },
            new("std.mistral_http")
            {
                Parameters = HttpCall.Parameters,
                IsSafe = HttpCall.IsSafe,
                IsOutside = true,
                RunAsync = async (input, context, _) =>
                    await SendAsync(WithIds(HttpCall.Read(input), context), context).ConfigureAwait(false),
            },
        ];
    }

    public IReadOnlyList<ActionDescriptor> Descriptors { get; }

    public void Dispose() => _shared.Dispose();

    private static HttpCall WithIds(HttpCall call, ActionContext context)
    {
        KeyValuePair<string, string?>[] ids =
        [
            new("Mistral-Workflow-Name", context.WorkflowName is { } name ? Uri.EscapeDataString(name) : null),
            new("Mistral-Workflow-Execution-Id", context.WorkflowExecutionId),
            new("Mistral-Task-Id", context.TaskExecutionId),
            new("Mistral-Action-Execution-Id", context.ActionExecutionId),
            new("Mistral-Callback-URL", $"/v2/action_executions/{context.ActionExecutionId}"),
        ];
        return call with
        {
            Headers =
            [
                .. call.Headers.Where(header => !ids.Any(id => id.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase))),
                .. ids.Where(id => id.Value is not null).Select(id => KeyValuePair.Create(id.Key, id.Value!)),
            ],
        };
    }

    private async Task<JsonData> SendAsync(HttpCall call, ActionContext context)
    {
        var timeout = call.Timeout ?? _options.Timeout;
        using var inTime = new CancellationTokenSource(timeout, context.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(inTime.Token, context.CancellationToken);
        var invoker = InvokerFor(call);
        try
        {
            return await new HttpExchange(invoker, call, _options.MaximumResponseBytes, context.Time).RunAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (inTime.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            throw new ActionFailedException($"Failed to send HTTP request: there was no complete answer within {timeout.TotalSeconds} seconds", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidOperationException or FormatException)
        {
            var cause = exception.InnerException as ActionFailedException ?? exception;
            throw new ActionFailedException($"Failed to send HTTP request: {cause.Message}", exception);
        }
        finally
        {
            if (!ReferenceEquals(invoker, _shared))
            {
                invoker.Dispose();
            }
        }
    }

    private HttpMessageInvoker InvokerFor(HttpCall call)
    {
        if (call.ChecksCertificates && call.Proxies.Count == 0)
        {
            return _shared;
        }

        if (_options.Handler is not null)
        {
            throw new ActionFailedException("The parameters 'verify' and 'proxies' cannot be given: the host application sends the requests with a handler of its own");
        }

        var handler = CreateHandler(call.ChecksCertificates);
        if (call.Proxies.Count > 0)
        {
            handler.UseProxy = true;
            handler.Proxy = new ProxyByScheme(call.Proxies);
        }

        return new(handler, disposeHandler: true);
    }

    private SocketsHttpHandler CreateHandler(bool checksCertificates)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            SslOptions = new()
            {
                RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || !checksCertificates,
            },
        };
        if (!_options.AllowPrivateAddresses)
        {
            handler.ConnectCallback = static (connection, cancellationToken) => PublicConnection.OpenAsync(connection.DnsEndPoint, cancellationToken);
        }

        return handler;
    }
}
