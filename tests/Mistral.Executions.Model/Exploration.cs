namespace Mistral.Executions.Model;

/// <summary>Every order in which the things that can happen to a workflow can happen.</summary>
/// <param name="longest">How many messages a sequence has at the most: workflows can go in circles.</param>
/// <param name="verbs">How many of the operator's verbs, deaths and cancelled results a sequence has at the most.</param>
internal sealed class Exploration(int longest, int verbs)
{
    /// <summary>Goes through all sequences of a workflow.</summary>
    /// <returns>How many there are; none of a workflow that can never work.</returns>
    /// <exception cref="ModelMismatchException">The decider and the model differ.</exception>
    public int Explore(ModelWorkflow workflow)
    {
        try
        {
            return Follow(Lockstep.Begin(workflow), longest, verbs);
        }
        catch (DefinitionException)
        {
            return 0;
        }
    }

    private static int Follow(Lockstep at, int left, int verbs)
    {
        var sequences = 0;
        if (left > 0)
        {
            foreach (var message in Results(at.Model))
            {
                sequences += Follow(at.After(message), left - 1, verbs);
            }

            foreach (var message in verbs > 0 ? Verbs(at.Model) : [])
            {
                sequences += Follow(at.After(message), left - 1, verbs - 1);
            }
        }

        return Math.Max(1, sequences);
    }

    /// <summary>What happens by itself: results and timers.</summary>
    public static IEnumerable<ModelMessage> Results(Interpreter model)
    {
        foreach (var timer in model.Timers)
        {
            yield return new ModelMessage.Due(timer.Kind, timer.Task);
        }

        for (var body = 0; body < model.Bodies.Count; body++)
        {
            if (model.Bodies[body].State == ExecutionState.Running)
            {
                yield return new ModelMessage.Result(body, ExecutionState.Success);
                yield return new ModelMessage.Result(body, ExecutionState.Error);
            }
        }

        if (model.State == ExecutionState.Paused)
        {
            yield return new ModelMessage.Resume();
        }
    }

    /// <summary>What an operator does, and what goes wrong.</summary>
    public static IEnumerable<ModelMessage> Verbs(Interpreter model)
    {
        yield return new ModelMessage.Pause();
        yield return new ModelMessage.Stop(ExecutionState.Success);
        yield return new ModelMessage.Stop(ExecutionState.Error);
        yield return new ModelMessage.Stop(ExecutionState.Cancelled);
        yield return new ModelMessage.Crash();
        for (var body = 0; body < model.Bodies.Count; body++)
        {
            if (model.Bodies[body].State == ExecutionState.Running)
            {
                yield return new ModelMessage.Result(body, ExecutionState.Cancelled);
            }
        }

        foreach (var task in model.Tasks.Where(t => t.HasEnded))
        {
            yield return new ModelMessage.Rerun(task.Ordinal, false);
            yield return new ModelMessage.Rerun(task.Ordinal, true);
            yield return new ModelMessage.Skip(task.Ordinal);
        }
    }
}
