using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Mistral.Executions.Tests.Secrets;

/// <summary>All that is said while it is there: each line of the log with its exception, and each span with its tags, events and status.</summary>
internal sealed class KeptText : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly ActivityListener _listener;

    public KeptText()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == "Mistral.Executions",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _texts.Enqueue(
                $"span {activity.DisplayName} {activity.Status} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} "
                + string.Join(' ', activity.Events.SelectMany(e => e.Tags.Select(tag => $"{e.Name} {tag}")))),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<string> Texts => _texts;

    /// <summary>Ends when a text was said that holds <see cref="Awaited"/>.</summary>
    public TaskCompletionSource Said { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string? Awaited { get; init; }

    public void Add(string? text)
    {
        _texts.Enqueue(text ?? "");
        if (Awaited is { } part && text?.Contains(part, StringComparison.Ordinal) == true)
        {
            Said.TrySetResult();
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Add($"log {logLevel} {formatter(state, exception)} {exception}");

    public void Dispose() => _listener.Dispose();
}
