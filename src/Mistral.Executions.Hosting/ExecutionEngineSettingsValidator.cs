using Microsoft.Extensions.Options;

namespace Mistral.Executions.Hosting;

/// <summary>Says everything that is wrong with the settings before anything is opened. The bounds are those of the options themselves.</summary>
internal sealed class ExecutionEngineSettingsValidator : IValidateOptions<ExecutionEngineSettings>
{
    public ValidateOptionsResult Validate(string? name, ExecutionEngineSettings options)
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            faults.Add($"{nameof(options.Path)} is missing: it names the SQLite file of the engine.");
        }

        var trial = new ExecutionEngineOptions(new InMemoryExecutionStore());
        Try(nameof(options.Synchronous), options.Synchronous, value => _ = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(options), value, "There is no such value."));
        Try(nameof(options.MaximumParallelActions), options.MaximumParallelActions, value => trial.MaximumParallelActions = value);
        Try(nameof(options.MaximumPendingCalls), options.MaximumPendingCalls, value => trial.MaximumPendingCalls = value);
        Try(nameof(options.MaximumExecutionsAtRest), options.MaximumExecutionsAtRest, value => trial.MaximumExecutionsAtRest = value);
        Try(nameof(options.MaximumPayloadBytes), options.MaximumPayloadBytes, value => trial.MaximumPayloadBytes = value);
        Try(nameof(options.LeaseDuration), options.LeaseDuration, value => trial.LeaseDuration = value);
        Try(nameof(options.ShutdownDeadline), options.ShutdownDeadline, value => trial.ShutdownDeadline = value);
        foreach (var (target, limit) in options.Targets)
        {
            Try<int>($"{nameof(options.Targets)}:{target}", limit, value => trial.AddTarget(target, value));
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Try<T>(string setting, T? value, Action<T> set)
            where T : struct
        {
            if (value is not { } given)
            {
                return;
            }

            try
            {
                set(given);
            }
            catch (ArgumentException fault)
            {
                faults.Add($"{setting} cannot be '{given}': {fault.Message}");
            }
        }
    }
}
