using System.Globalization;

namespace Mistral.Executions.Decisions;

/// <summary>How Mistral takes a value of an expression as a condition, a text or a number.</summary>
internal static class Truth
{
    /// <summary>Everything is true but null, false, zero, and what is empty.</summary>
    public static bool Of(JsonData value) => value.Kind switch
    {
        JsonKind.Null => false,
        JsonKind.Boolean => value.AsBoolean(),
        JsonKind.Integer => !value.AsInteger().IsZero,
        JsonKind.Float => value.AsDouble() != 0,
        JsonKind.String => value.AsString().Length > 0,
        JsonKind.Array => value.AsArray().Count > 0,
        _ => value.AsObject().Count > 0,
    };

    /// <summary>The value as a state info: a text as it is, nothing for nothing, other values as JSON.</summary>
    public static string? Text(JsonData value) => value.Kind switch
    {
        JsonKind.Null => null,
        JsonKind.String => value.AsString(),
        _ => value.ToString(),
    };

    /// <summary>A number of seconds, zero or more.</summary>
    /// <exception cref="TaskFaultException">It is none.</exception>
    public static TimeSpan Seconds(JsonData value, string policy)
    {
        if (value.Kind is not (JsonKind.Integer or JsonKind.Float) || value.AsDouble() is var seconds && (seconds < 0 || seconds > TimeSpan.MaxValue.TotalSeconds / 2))
        {
            throw new TaskFaultException($"The policy '{policy}' needs a number of seconds, zero or more, but got {value}.");
        }

        return TimeSpan.FromSeconds(seconds);
    }

    /// <summary>A whole number, zero or more.</summary>
    /// <exception cref="TaskFaultException">It is none.</exception>
    public static int Count(JsonData value, string policy) =>
        value.TryGetInt64(out var count) && count is >= 0 and <= int.MaxValue
            ? (int)count
            : throw new TaskFaultException($"The policy '{policy}' needs a whole number, zero or more, but got {value.ToString().Replace("\n", " ", StringComparison.Ordinal)}.");

    /// <summary>A boolean.</summary>
    /// <exception cref="TaskFaultException">It is none.</exception>
    public static bool Boolean(JsonData value, string policy) =>
        value.Kind == JsonKind.Boolean
            ? value.AsBoolean()
            : throw new TaskFaultException(string.Create(CultureInfo.InvariantCulture, $"The policy '{policy}' needs true or false, but got {value}."));
}
