using System.Globalization;
using System.Numerics;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Actions.Standard;

/// <summary>
/// The actions that every workflow can use, but for <c>std.http</c>. Names, parameters and results are those of
/// "Standard actions" (std.*) in Mistral's description of the workflow language.
/// </summary>
internal static class StandardActions
{
    // No timer of the platform can be set for longer.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    public static IReadOnlyList<ActionDescriptor> All { get; } = [NoOperation(), AsyncNoOperation(), Echo(), Fail(), TestDictionary(), Sleep()];

    private static ActionDescriptor NoOperation() => new("std.noop")
    {
        Parameters = ActionParameters.None,
        RunInline = static (_, _) => JsonData.Null,
    };

    private static ActionDescriptor AsyncNoOperation() => new("std.async_noop")
    {
        Parameters = ActionParameters.None,
        IsOutside = true,
    };

    private static ActionDescriptor Echo() => new("std.echo")
    {
        Parameters = ActionParameters.Of(["output"], ["delay"]),
        IsInline = static input => DelayOf(input) == TimeSpan.Zero,
        RunInline = static (input, outputBytes) => JsonMeasure.Checked(input["output"], outputBytes),
        RunAsync = static async (input, context, outputBytes) =>
        {
            await PauseAsync(DelayOf(input), context).ConfigureAwait(false);
            return JsonMeasure.Checked(input["output"], outputBytes);
        },
    };

    private static ActionDescriptor Fail() => new("std.fail")
    {
        FailureName = "Fail action",
        Parameters = ActionParameters.Of([], ["error_data"]),
        RunInline = static (input, _) => input.TryGetValue("error_data", out var data) && Truth.Of(data)
            ? throw new ActionFailedException("The workflow asked for this failure.", data)
            : throw new ActionFailedException("Fail action expected exception."),
    };

    private static ActionDescriptor TestDictionary() => new("std.test_dict")
    {
        Parameters = ActionParameters.Of([], ["size", "key_prefix", "val"]),
        RunInline = static (input, outputBytes) =>
        {
            var size = input.TryGetValue("size", out var given) ? given : 0;
            if (size.Kind != JsonKind.Integer)
            {
                throw new ActionFailedException($"The parameter 'size' must be an integer, but is {size.Kind}");
            }

            // A member has at least its quotes, a digit, a colon and a value.
            if (size.AsInteger() > outputBytes / 5)
            {
                throw JsonMeasure.TooLarge($"more than {size.AsInteger() * 5}", outputBytes);
            }

            var prefix = input.TryGetValue("key_prefix", out var start) ? TextOf(start) : "";
            var value = input.TryGetValue("val", out var stated) ? stated : "";
            return JsonMeasure.Checked(
                JsonMap.Create(Enumerable
                    .Range(0, (int)BigInteger.Max(size.AsInteger(), 0))
                    .Select(number => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}"), value))),
                outputBytes);
        },
    };

    private static ActionDescriptor Sleep() => new("std.sleep")
    {
        Parameters = ActionParameters.Of([], ["seconds"]),
        RunAsync = static async (input, context, _) =>
        {
            var seconds = input.TryGetValue("seconds", out var given) ? WholeSeconds(given) : TimeSpan.FromSeconds(1);
            await PauseAsync(seconds, context).ConfigureAwait(false);
            return JsonData.Null;
        },
    };

    private static async Task PauseAsync(TimeSpan pause, ActionContext context)
    {
        for (var left = pause; left > TimeSpan.Zero; left -= LongestTimer)
        {
            var next = left < LongestTimer ? left : LongestTimer;
            await Task.Delay(next, context.Time, context.CancellationToken).ConfigureAwait(false);
        }
    }

    private static TimeSpan DelayOf(JsonMap input) => input.TryGetValue("delay", out var delay)
        ? FromSeconds(delay.Kind switch
        {
            JsonKind.Integer or JsonKind.Float => delay.AsDouble(),
            JsonKind.String when double.TryParse(delay.AsString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => 0,
        })
        : TimeSpan.Zero;

    private static TimeSpan WholeSeconds(JsonData seconds) => FromSeconds(seconds.Kind switch
    {
        JsonKind.Integer or JsonKind.Float => Math.Truncate(seconds.AsDouble()),
        JsonKind.String when long.TryParse(seconds.AsString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ => 0,
    });

    // Mistral takes what is no number, or a negative one, for no delay.
    private static TimeSpan FromSeconds(double seconds) =>
        seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2)) : TimeSpan.Zero;

    private static string TextOf(JsonData value) => value.Kind == JsonKind.String ? value.AsString() : value.ToString();
}
