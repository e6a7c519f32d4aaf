namespace Mistral.Executions.Actions;

/// <summary>Holds results of actions against what the engine can keep.</summary>
internal static class JsonMeasure
{
    /// <summary>The value itself.</summary>
    /// <exception cref="ActionFailedException">It is larger or deeper than allowed, or holds a number that JSON has not.</exception>
    public static JsonData Checked(JsonData value, int maximumBytes) => JsonSize.Fault(value, maximumBytes) is { } fault
        ? throw new ActionFailedException($"The result {fault}. Keep the data elsewhere and return where they are.")
        : value;

    public static ActionFailedException TooLarge(string size, int maximumBytes) =>
        new($"The result is too large to be kept: {size} bytes of JSON, where the limit on the output of an action is {maximumBytes} bytes. Keep the data elsewhere and return where they are.");
}
