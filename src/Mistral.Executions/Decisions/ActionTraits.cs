namespace Mistral.Executions.Decisions;

/// <summary>What a decision must know of an action. The action itself stays outside.</summary>
internal abstract class ActionTraits
{
    /// <summary>The full name, as the action execution shows it.</summary>
    public abstract string Name { get; }

    /// <summary>Whether an action that was running when the process died is run again, where its task does not say.</summary>
    /// <param name="input">The input of the body, as <see cref="PrepareInput"/> gives it.</param>
    public abstract bool IsSafeToRerun(JsonMap input);

    /// <summary>How the action runs on that input.</summary>
    /// <param name="input">The input of the body, as <see cref="PrepareInput"/> gives it.</param>
    public abstract ActionMode ModeFor(JsonMap input);

    /// <summary>How long an outside action may take; <see langword="null"/> for as long as it wants.</summary>
    public virtual TimeSpan? Deadline => null;

    /// <summary>How long an outside action may give no sign of life; <see langword="null"/> when it need give none.</summary>
    public virtual TimeSpan? Heartbeat => null;

    /// <summary>The parameters whose values are secret, of the action and of those it is made of.</summary>
    public virtual IReadOnlyCollection<string> SecretInputs => [];

    /// <summary>Whether the result is secret.</summary>
    public virtual bool IsOutputSecret => false;

    /// <summary>What is wrong with the names of the input, or <see langword="null"/> when nothing is.</summary>
    public abstract string? CheckInput(JsonMap input);

    /// <summary>The input as the action execution shows it: checked, with the defaults of the action filled in.</summary>
    public virtual JsonMap FillDefaults(JsonMap input) => input;

    /// <summary>Whether input and result pass through as they are, so that neither needs to be prepared nor transformed.</summary>
    public virtual bool PassesDataOn => true;

    /// <summary>The input of the body.</summary>
    /// <param name="input">The input of the action execution.</param>
    /// <param name="scope">Gives the context of an expression over that input and the environment.</param>
    /// <exception cref="ExpressionException">An expression of an ad-hoc action fails.</exception>
    /// <exception cref="DefinitionException">A base action is missing, or its input is wrong.</exception>
    public virtual JsonMap PrepareInput(JsonMap input, Func<JsonData, IExpressionContext> scope) => input;

    /// <summary>The result as the task sees it.</summary>
    /// <param name="result">The result of the body.</param>
    /// <param name="scope">Gives the context of an expression over a result.</param>
    /// <exception cref="ExpressionException">An expression of an ad-hoc action fails.</exception>
    public virtual ActionResult TransformResult(ActionResult result, Func<JsonData, IExpressionContext> scope) => result;
}
