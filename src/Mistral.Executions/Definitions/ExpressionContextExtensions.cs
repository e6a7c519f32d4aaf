using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mistral.Executions;

/// <summary>What a C# delegate of a definition often asks its context for.</summary>
public static class ExpressionContextExtensions
{
    /// <summary>A variable as a C# value; names in JSON are snake_case.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="context">The context.</param>
    /// <param name="name">The name of the variable.</param>
    /// <returns>The value; the default of the type when the variable is JSON <c>null</c>.</returns>
    /// <exception cref="KeyNotFoundException">There is no such variable.</exception>
    /// <exception cref="JsonException">The variable is not of that type.</exception>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public static T? Get<T>(this IExpressionContext context, string name)
    {
        var value = Require(context, name);
        return Read($"The variable '{name}'", value, static v => v.ToObject<T>());
    }

    /// <summary>A variable as a C# value, without reflection.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="context">The context.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="typeInfo">How it is read, from a <c>JsonSerializerContext</c>.</param>
    /// <returns>The value; the default of the type when the variable is JSON <c>null</c>.</returns>
    /// <exception cref="KeyNotFoundException">There is no such variable.</exception>
    /// <exception cref="JsonException">The variable is not of that type.</exception>
    public static T? Get<T>(this IExpressionContext context, string name, JsonTypeInfo<T> typeInfo)
    {
        var value = Require(context, name);
        return Read($"The variable '{name}'", value, v => v.ToObject(typeInfo));
    }

    /// <summary>The result of a task: <c>task().result</c> of Mistral's languages.</summary>
    /// <param name="context">The context.</param>
    /// <param name="task">The name of the task; <see langword="null"/> for the one that is being evaluated.</param>
    /// <returns>The result; JSON <c>null</c> when there is none.</returns>
    public static JsonData Result(this IExpressionContext context, string? task = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Task(task)["result"];
    }

    /// <summary>The result of a task as a C# value; names in JSON are snake_case.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="context">The context.</param>
    /// <param name="task">The name of the task; <see langword="null"/> for the one that is being evaluated.</param>
    /// <returns>The result; the default of the type when there is none.</returns>
    /// <exception cref="JsonException">The result is not of that type.</exception>
    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public static T? Result<T>(this IExpressionContext context, string? task = null) =>
        Read(ResultOf(task), Result(context, task), static v => v.ToObject<T>());

    /// <summary>The result of a task as a C# value, without reflection.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="context">The context.</param>
    /// <param name="typeInfo">How it is read, from a <c>JsonSerializerContext</c>.</param>
    /// <param name="task">The name of the task; <see langword="null"/> for the one that is being evaluated.</param>
    /// <returns>The result; the default of the type when there is none.</returns>
    /// <exception cref="JsonException">The result is not of that type.</exception>
    public static T? Result<T>(this IExpressionContext context, JsonTypeInfo<T> typeInfo, string? task = null) =>
        Read(ResultOf(task), Result(context, task), v => v.ToObject(typeInfo));

    private static string ResultOf(string? task) => task is null ? "The result" : $"The result of '{task}'";

    private static T? Read<T>(string what, JsonData value, Func<JsonData, T?> read)
    {
        try
        {
            return read(value);
        }
        catch (JsonException exception)
        {
            throw JsonConversion.Unfit<T>(what, value, exception);
        }
    }

    private static JsonData Require(IExpressionContext context, string name)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.TryGetVariable(name, out var value)
            ? value
            : throw new KeyNotFoundException($"There is no variable '{name}'; there are: {string.Join(", ", context.VariableNames.Order(StringComparer.Ordinal))}.");
    }
}
