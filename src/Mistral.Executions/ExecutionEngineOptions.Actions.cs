using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using Mistral.Executions.Actions;
using Mistral.Executions.Actions.Standard;

namespace Mistral.Executions;

/// <content>The actions that workflows can call.</content>
public sealed partial class ExecutionEngineOptions
{
    internal ActionRegistry Actions { get; private set; } = ActionRegistry.Of(StandardActions.All);

    internal List<AdHocActionDefinition> AdHocActions { get; } = [];

    /// <summary>What stands in the place of actions, by their names: made of the action itself, where there is one.</summary>
    internal Dictionary<string, Func<ActionDescriptor?, ActionDescriptor>> Replacements { get; } = new(StringComparer.Ordinal);

    internal HttpActionOptions? Http { get; private set; }

    /// <summary>
    /// Adds an action with types of the host's. They are read and written as JSON with names in snake_case.
    /// </summary>
    /// <typeparam name="TInput">The input; its properties are the parameters.</typeparam>
    /// <typeparam name="TOutput">The result.</typeparam>
    /// <param name="name">The name by which workflows call it.</param>
    /// <param name="body">Does the work; an exception ends the action execution in ERROR.</param>
    /// <param name="options">What else the engine should know of it.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The name cannot be used, or the input type cannot be read from an object.</exception>
    [RequiresUnreferencedCode(TypedValue.NeedsReflection)]
    [RequiresDynamicCode(TypedValue.NeedsReflection)]
    public ExecutionEngineOptions AddAction<TInput, TOutput>(
        string name, Func<TInput, ActionContext, CancellationToken, Task<TOutput>> body, ActionOptions? options = null)
    {
        var types = JsonConversion.Options;
        return AddAction(name, body, TypedValue.TypeInfo<TInput>(types), TypedValue.TypeInfo<TOutput>(types), options);
    }

    /// <summary>Adds an action with types of the host's, without reflection.</summary>
    /// <typeparam name="TInput">The input; its properties are the parameters.</typeparam>
    /// <typeparam name="TOutput">The result.</typeparam>
    /// <param name="name">The name by which workflows call it.</param>
    /// <param name="body">Does the work; an exception ends the action execution in ERROR.</param>
    /// <param name="inputType">How the input is read, from a <c>JsonSerializerContext</c>.</param>
    /// <param name="outputType">How the result is written, from a <c>JsonSerializerContext</c>.</param>
    /// <param name="options">What else the engine should know of it.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The name cannot be used, or the input type cannot be read from an object.</exception>
    public ExecutionEngineOptions AddAction<TInput, TOutput>(
        string name,
        Func<TInput, ActionContext, CancellationToken, Task<TOutput>> body,
        JsonTypeInfo<TInput> inputType,
        JsonTypeInfo<TOutput> outputType,
        ActionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Add(ActionFactory.Typed(name, body, inputType, outputType, options));
    }

    /// <summary>Adds an action over JSON.</summary>
    /// <param name="name">The name by which workflows call it.</param>
    /// <param name="body">Does the work; an exception ends the action execution in ERROR.</param>
    /// <param name="options">What else the engine should know of it.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    public ExecutionEngineOptions AddAction(
        string name, Func<JsonMap, ActionContext, CancellationToken, Task<JsonData>> body, ActionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Add(ActionFactory.Untyped(name, body, options));
    }

    /// <summary>Adds an action that is a service: taken from the scope that is opened for each of its executions (<see cref="Services"/>).</summary>
    /// <typeparam name="TAction">The service.</typeparam>
    /// <typeparam name="TInput">The input; its properties are the parameters.</typeparam>
    /// <typeparam name="TOutput">The result.</typeparam>
    /// <param name="name">The name by which workflows call it.</param>
    /// <param name="options">What else the engine should know of it.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The name cannot be used, or the input type cannot be read from an object.</exception>
    [RequiresUnreferencedCode(TypedValue.NeedsReflection)]
    [RequiresDynamicCode(TypedValue.NeedsReflection)]
    public ExecutionEngineOptions AddAction<TAction, TInput, TOutput>(string name, ActionOptions? options = null)
        where TAction : class, IAction<TInput, TOutput>
    {
        var types = JsonConversion.Options;
        return Add(ActionFactory.Service<TAction, TInput, TOutput>(name, TypedValue.TypeInfo<TInput>(types), TypedValue.TypeInfo<TOutput>(types), options));
    }

    /// <summary>
    /// Adds an action over JSON that is instant and has no side effects. It costs no commit of its own: it runs inside the
    /// step that calls it, and simply runs again when the process dies before that is durable.
    /// </summary>
    /// <param name="name">The name by which workflows call it.</param>
    /// <param name="body">Gives the result; an exception ends the action execution in ERROR.</param>
    /// <param name="options">What else the engine should know of it.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    public ExecutionEngineOptions AddInlineAction(string name, Func<JsonMap, JsonData> body, ActionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Add(ActionFactory.Inline(name, body, options));
    }

    /// <summary>Adds an action whose result comes from outside, by <see cref="ExecutionEngine.CompleteActionAsync"/>: now, or in a year, after any restart.</summary>
    /// <param name="name">The name by which workflows call it.</param>
    /// <param name="options">What else the engine should know of it.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    public ExecutionEngineOptions AddOutsideAction(string name, ActionOptions? options = null) => Add(ActionFactory.Outside(name, options));

    /// <summary>Adds an action made of another one. See "Ad-hoc Actions" in Mistral's description of the workflow language.</summary>
    /// <param name="definition">The definition.</param>
    /// <returns>These options.</returns>
    public ExecutionEngineOptions AddAdHocAction(AdHocActionDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        AdHocActions.Add(definition);
        return this;
    }

    /// <summary>Adds <c>std.http</c> and <c>std.mistral_http</c>, which workflows cannot use otherwise.</summary>
    /// <param name="options">Which addresses can be reached, and the limits.</param>
    /// <returns>These options.</returns>
    public ExecutionEngineOptions AllowHttp(HttpActionOptions? options = null)
    {
        Http = options ?? new();
        return this;
    }

    private ExecutionEngineOptions Add(ActionDescriptor action)
    {
        Actions = Actions.With(action);
        return this;
    }
}
