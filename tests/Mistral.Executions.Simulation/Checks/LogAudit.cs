using Microsoft.Extensions.Logging;

namespace Mistral.Executions.Simulation.Checks;

/// <summary>Reads the logs of an engine: a decision that fails as none should is told there only.</summary>
internal sealed class LogAudit(string process, History history, Violations violations) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Logs of a simulation go to its history.");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        // Nobody hears of a timer that is refused, and nothing else would set the execution going again.
        var isRefusedTimer = eventId.Name == nameof(Diagnostics.Log.MessageRefused) && formatter(state, exception).Contains(nameof(Decisions.Message.TimerDue), StringComparison.Ordinal);
        if (isRefusedTimer || eventId.Name is nameof(Diagnostics.Log.DecisionFailed) or nameof(Diagnostics.Log.EngineBroken))
        {
            violations.Add(Promise.EngineGoesOn, $"{process}: {formatter(state, exception)} {exception}");
        }
        else if (history.KeepsLines)
        {
            history.Note($"{process} logs: {formatter(state, exception)} {exception?.Message}");
        }
    }

    public void Dispose()
    {
    }
}
