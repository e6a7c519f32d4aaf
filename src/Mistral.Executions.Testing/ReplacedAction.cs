using Mistral.Executions.Actions;

namespace Mistral.Executions.Testing;

/// <summary>
/// An action that a test has put in the place of the one of that name: what it gives, and how it was called. What the
/// registration says of the action (its parameters, timeout, deadline, whether it is safe to rerun, whether its result comes
/// from outside) stays.
/// </summary>
/// <remarks>
/// Each of <c>Returns</c> and <c>Fails</c> is the answer for one action execution; the last one is the answer for all that
/// follow, and without any the result is <c>null</c>. An action execution that is run again after the process died gets the
/// answer that it got before. Where several run at once their order is not fixed: take an answer that looks at the call then.
/// </remarks>
public sealed class ReplacedAction
{
    private readonly Lock _gate = new();
    private readonly List<Answer> _answers = [];
    private readonly List<ActionCall> _calls = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    internal ReplacedAction(string name) => Name = name;

    /// <summary>The name of the action.</summary>
    public string Name { get; }

    /// <summary>How it was called, in order. A run that is repeated after the process died is a call of its own, with the same id.</summary>
    public IReadOnlyList<ActionCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Whether the result comes from outside.</summary>
    internal bool IsOutside { get; private set; }

    /// <summary>The next answer: a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="after">How much virtual time it takes.</param>
    /// <returns>This action.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public ReplacedAction Returns(JsonData result, TimeSpan after = default) => Add(_ => result, after);

    /// <summary>The next answer: a result.</summary>
    /// <param name="result">The result; it is written as JSON with names in snake_case.</param>
    /// <param name="after">How much virtual time it takes.</param>
    /// <returns>This action.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public ReplacedAction Returns(object result, TimeSpan after = default)
    {
        var data = JsonData.FromObject(result);
        return Add(_ => data, after);
    }

    /// <summary>The next answer: a result that is made of the call. What this throws is the error of the action.</summary>
    /// <param name="result">Makes the result.</param>
    /// <param name="after">How much virtual time it takes.</param>
    /// <returns>This action.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public ReplacedAction Returns(Func<ActionCall, JsonData> result, TimeSpan after = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Add(result, after);
    }

    /// <summary>The next answer: a result that is made of the call. What this throws is the error of the action.</summary>
    /// <param name="result">Makes the result; it is written as JSON with names in snake_case.</param>
    /// <param name="after">How much virtual time it takes.</param>
    /// <returns>This action.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public ReplacedAction Returns(Func<ActionCall, object> result, TimeSpan after = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Add(call => JsonData.FromObject(result(call)), after);
    }

    /// <summary>The next answer, or the next few: an error.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="times">For how many action executions.</param>
    /// <param name="after">How much virtual time it takes.</param>
    /// <returns>This action.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or the number is not positive.</exception>
    public ReplacedAction Fails(string message, int times = 1, TimeSpan after = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        for (var time = 0; time < times; time++)
        {
            Add(_ => throw new ActionFailedException(message), after);
        }

        return this;
    }

    /// <summary>
    /// Lets the result come from outside, as that of <see cref="ExecutionEngineOptions.AddOutsideAction"/> does. With answers,
    /// each comes when its time has passed; without any, it is the test that gives them
    /// (<see cref="WorkflowTestHost.CompleteActionAsync"/>), or nobody.
    /// </summary>
    /// <returns>This action.</returns>
    public ReplacedAction ComesFromOutside()
    {
        IsOutside = true;
        return this;
    }

    /// <summary>What the engine runs instead of the action.</summary>
    internal ActionDescriptor StandFor(ActionDescriptor? original)
    {
        IsOutside |= original?.IsOutside ?? false;
        original ??= new(Name);
        return new(Name)
        {
            FailureName = original.FailureName,
            Parameters = original.Parameters,
            Timeout = original.Timeout,
            OutsideLimits = original.OutsideLimits,
            IsSafe = original.IsSafe,
            Secret = original.Secret,
            GivesSecret = original.GivesSecret,
            IsOutside = IsOutside,
            RunAsync = IsOutside ? null : RunAsync,
        };
    }

    /// <summary>When the result of an action execution comes from outside; <see langword="null"/> when nobody gives one.</summary>
    internal DateTimeOffset? DueAt(ActionExecution action) => AnswerFor(action.Id) is { } answer ? action.CreatedAt + answer.After : null;

    /// <summary>The result of an action execution that comes from outside.</summary>
    internal ActionResult ResultOf(ActionCall call)
    {
        Record(call);
        try
        {
            return ActionResult.Success(AnswerFor(call.ActionExecutionId)!.Give(call));
        }
        catch (ActionFailedException exception)
        {
            return ActionResult.Error(exception.ErrorData ?? exception.Message);
        }
        catch (Exception exception)
        {
            return ActionResult.Error($"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private async ValueTask<JsonData> RunAsync(JsonMap input, ActionContext context, int outputBytes)
    {
        var call = new ActionCall
        {
            Input = input,
            ActionExecutionId = context.ActionExecutionId,
            TaskName = context.TaskName,
            WorkflowName = context.WorkflowName,
            Attempt = context.Attempt,
            ItemIndex = context.ItemIndex,
            At = context.Time.GetUtcNow(),
        };
        Record(call);
        if (AnswerFor(call.ActionExecutionId) is not { } answer)
        {
            return JsonData.Null;
        }

        if (answer.After > TimeSpan.Zero)
        {
            await Task.Delay(answer.After, context.Time, context.CancellationToken).ConfigureAwait(false);
        }

        return answer.Give(call);
    }

    private ReplacedAction Add(Func<ActionCall, JsonData> give, TimeSpan after)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(after, TimeSpan.Zero);
        lock (_gate)
        {
            _answers.Add(new(give, after));
        }

        return this;
    }

    private void Record(ActionCall call)
    {
        lock (_gate)
        {
            _calls.Add(call);
        }
    }

    private Answer? AnswerFor(string actionExecutionId)
    {
        lock (_gate)
        {
            if (!_places.TryGetValue(actionExecutionId, out var place))
            {
                place = _places.Count;
                _places.Add(actionExecutionId, place);
            }

            return _answers.Count == 0 ? null : _answers[Math.Min(place, _answers.Count - 1)];
        }
    }

    private sealed record Answer(Func<ActionCall, JsonData> Give, TimeSpan After);
}
