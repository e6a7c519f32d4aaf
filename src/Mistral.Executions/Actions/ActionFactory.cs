using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Mistral.Executions.Actions;

/// <summary>Makes actions of what a host registers.</summary>
internal static class ActionFactory
{
    /// <summary>An action with an input and a result of the host's types.</summary>
    /// <exception cref="ArgumentException">The name cannot be used, or the input type can never be read from an object.</exception>
    public static ActionDescriptor Typed<TInput, TOutput>(
        string name,
        Func<TInput, ActionContext, CancellationToken, Task<TOutput>> body,
        JsonTypeInfo<TInput> inputType,
        JsonTypeInfo<TOutput> outputType,
        ActionOptions? options = null) =>
        Describe(name, options, ParametersFor(options, inputType), async (input, context, outputBytes) =>
        {
            var output = await body(TypedValue.FromInput(input, inputType), context, context.CancellationToken).ConfigureAwait(false);
            return TypedValue.ToData(output, outputType, outputBytes);
        });

    /// <summary>An action over JSON.</summary>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    public static ActionDescriptor Untyped(
        string name,
        Func<JsonMap, ActionContext, CancellationToken, Task<JsonData>> body,
        ActionOptions? options = null) =>
        Describe(name, options, ParametersFor(options, null), async (input, context, outputBytes) =>
            JsonMeasure.Checked(await body(input, context, context.CancellationToken).ConfigureAwait(false), outputBytes));

    /// <summary>An action that is a service: taken from the scope that is opened for each of its executions.</summary>
    /// <exception cref="ArgumentException">The name cannot be used, or the input type can never be read from an object.</exception>
    public static ActionDescriptor Service<TAction, TInput, TOutput>(
        string name,
        JsonTypeInfo<TInput> inputType,
        JsonTypeInfo<TOutput> outputType,
        ActionOptions? options = null)
        where TAction : class, IAction<TInput, TOutput> =>
        Typed(
            name,
            (input, context, cancellationToken) => context.Services.GetRequiredService<TAction>().RunAsync(input, context, cancellationToken),
            inputType,
            outputType,
            options);

    /// <summary>An action whose result comes by <c>CompleteActionAsync</c>.</summary>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    public static ActionDescriptor Outside(string name, ActionOptions? options = null)
    {
        options ??= new();
        return new(CheckedName(name))
        {
            Parameters = ParametersFor(options, null),
            IsOutside = true,
            OutsideLimits = options,
            Secret = options.SecretInputs,
            GivesSecret = options.IsOutputSecret,
            IsSafe = _ => options.IsSafeToRerun,
        };
    }

    /// <summary>An action with types of the host's that is instant and has no side effects.</summary>
    /// <exception cref="ArgumentException">The name cannot be used, or the input type can never be read from an object.</exception>
    public static ActionDescriptor Inline<TInput, TOutput>(
        string name,
        Func<TInput, TOutput> body,
        JsonTypeInfo<TInput> inputType,
        JsonTypeInfo<TOutput> outputType,
        ActionOptions? options = null) =>
        new(CheckedName(name))
        {
            Parameters = ParametersFor(options, inputType),
            Secret = options?.SecretInputs ?? [],
            GivesSecret = options?.IsOutputSecret == true,
            RunInline = (input, outputBytes) => TypedValue.ToData(body(TypedValue.FromInput(input, inputType)), outputType, outputBytes),
        };

    /// <summary>An action over JSON that is instant and has no side effects.</summary>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    public static ActionDescriptor Inline(string name, Func<JsonMap, JsonData> body, ActionOptions? options = null) =>
        new(CheckedName(name))
        {
            Parameters = ParametersFor(options, null),
            Secret = options?.SecretInputs ?? [],
            GivesSecret = options?.IsOutputSecret == true,
            RunInline = (input, outputBytes) => JsonMeasure.Checked(body(input), outputBytes),
        };

    private static ActionDescriptor Describe(string name, ActionOptions? options, ActionParameters parameters, ActionBody body)
    {
        options ??= new();
        return new(CheckedName(name))
        {
            Parameters = parameters,
            Timeout = options.Timeout,
            Secret = options.SecretInputs,
            GivesSecret = options.IsOutputSecret,
            IsSafe = _ => options.IsSafeToRerun,
            RunAsync = body,
        };
    }

    private static ActionParameters ParametersFor(ActionOptions? options, JsonTypeInfo? inputType)
    {
        var derived = inputType is null || inputType.Type == typeof(JsonMap) ? ActionParameters.Any : TypedValue.ParametersOf(inputType);
        return options is { RequiredParameters: null, OptionalParameters: null } or null
            ? derived
            : ActionParameters.Of(options.RequiredParameters ?? [], options.OptionalParameters ?? []);
    }

    private static string CheckedName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name.Length > 255 || name.Any(char.IsControl)
            ? throw new ArgumentException($"'{name}' cannot be the name of an action: a name has 1 to 255 characters and no control characters.", nameof(name))
            : name;
    }
}
