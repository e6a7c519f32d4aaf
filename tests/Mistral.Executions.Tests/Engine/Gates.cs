using System.Collections.Concurrent;

namespace Mistral.Executions.Tests.Engine;

/// <summary>Bodies that run until a test lets them go on.</summary>
internal sealed class Gates
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new();
    private readonly ConcurrentQueue<TaskCompletionSource<string>> _waiting = new();
    private readonly ConcurrentQueue<string> _arrived = new();
    private readonly Lock _lock = new();

    /// <summary>The ids of the action executions whose bodies began, in order, with repetitions.</summary>
    public ConcurrentQueue<string> Began { get; } = new();

    public async Task<JsonData> PassAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(context.ActionExecutionId, _ => new());
        Began.Enqueue(context.ActionExecutionId);
        lock (_lock)
        {
            if (_waiting.TryDequeue(out var waiting))
            {
                waiting.SetResult(context.ActionExecutionId);
            }
            else
            {
                _arrived.Enqueue(context.ActionExecutionId);
            }
        }

        try
        {
            // A wait with the clock of the body does not count as work under way.
            return await gate.Opened.Task.WaitAsync(TimeSpan.FromDays(40), context.Time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            gate.Cancelled.TrySetResult();
            throw;
        }
    }

    /// <summary>The id of the next action execution whose body begins.</summary>
    public Task<string> NextAsync()
    {
        lock (_lock)
        {
            if (_arrived.TryDequeue(out var id))
            {
                return Task.FromResult(id);
            }

            var waiting = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiting);
            return waiting.Task;
        }
    }

    public void Open(string actionExecutionId, JsonData result) => _gates[actionExecutionId].Opened.SetResult(result);

    public Task CancelledAsync(string actionExecutionId) => _gates[actionExecutionId].Cancelled.Task;

    private sealed class Gate
    {
        public TaskCompletionSource<JsonData> Opened { get; } = new();

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
