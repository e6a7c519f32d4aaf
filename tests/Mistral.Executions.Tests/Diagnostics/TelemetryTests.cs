using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Mistral.Executions.Actions;
using Mistral.Executions.Tests.Actions;

namespace Mistral.Executions.Tests.Diagnostics;

[NonParallelizable]
public sealed class TelemetryTests
{
    [Test]
    public async Task A_run_of_an_action_is_a_trace_with_its_ids_and_end()
    {
        var id = nameof(A_run_of_an_action_is_a_trace_with_its_ids_and_end);
        var traces = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Mistral.Executions",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (traces)
                {
                    traces.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await new ActionBench { Execution = new() { Id = id, Name = "pay", WorkflowExecutionId = "w1" } }.RunAsync(Failing());

        var trace = traces.Single(activity => Equals(activity.GetTagItem("mistral.action_execution.id"), id));
        trace.DisplayName.Should().Be("action pay");
        trace.GetTagItem("mistral.workflow_execution.id").Should().Be("w1");
        trace.Status.Should().Be(ActivityStatusCode.Error);
    }

    [Test]
    public async Task How_long_actions_run_is_measured_by_name_and_end()
    {
        var name = nameof(How_long_actions_run_is_measured_by_name_and_end);
        var ends = new List<object?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Mistral.Executions")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            if (instrument.Name == "mistral.action.duration" && Equals(all["mistral.action.name"], name))
            {
                ends.Add(all["mistral.action.end"]);
            }
        });
        listener.Start();

        await new ActionBench { Execution = new() { Id = "a", Name = name } }.RunAsync(Failing());

        ends.Should().Equal("ERROR");
    }

    [Test]
    public async Task A_failed_action_is_logged_with_its_exception()
    {
        using var log = new LogKeeper();

        await new ActionBench { Execution = new() { Id = "a1", Name = "pay" }, Loggers = log }.RunAsync(Failing());

        log.Lines.Should().ContainSingle().Which.Should().Be((LogLevel.Warning, "Action pay (a1) failed: no money", "InvalidOperationException"));
    }

    private static ActionDescriptor Failing() =>
        ActionFactory.Untyped("pay", (_, _, _) => throw new InvalidOperationException("no money"));

    private sealed class LogKeeper : ILoggerFactory, ILogger
    {
        public List<(LogLevel Level, string Text, string? Exception)> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception), exception?.GetType().Name));

        public void Dispose()
        {
        }
    }
}
