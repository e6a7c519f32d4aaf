using System.Diagnostics;
using Mistral.Executions.Benchmarks.Measuring;
using Mistral.Executions.Language.Inline;

namespace Mistral.Executions.Benchmarks.Lines;

/// <summary>Expressions, parsed once and parsed every time. The limit is what Python's YAQL and Jinja do a second, parsing included.</summary>
internal static class ExpressionsLine
{
    private static readonly (string Text, double Python)[] Expressions =
    [
        ("<% $.a.b + 1 %>", 4500),
        ("<% $.list.where($.x > 1).select($.y) %>", 55),
        ("{{ _.a.b + 1 }}", 3200),
    ];

    public static async IAsyncEnumerable<Result> MeasureAsync(BenchmarkOptions options)
    {
        var variables = new Variables(JsonMap.Create(
            ("a", JsonMap.Create(("b", 1))),
            ("list", JsonList.Create(Enumerable.Range(0, 100).Select(i => (JsonData)JsonMap.Create(("x", i % 4), ("y", i)))))));
        foreach (var (text, python) in Expressions)
        {
            var parsed = InlineExpression.Compile(text);
            yield return await MeasureAsync(options, text, () => parsed.Evaluate(variables));
            yield return await MeasureAsync(options, $"{text} parsed", () => InlineExpression.Compile(text).Evaluate(variables)) with { Limit = python };
        }
    }

    private static async Task<Result> MeasureAsync(BenchmarkOptions options, string variant, Func<JsonData> evaluate)
    {
        var times = CountWithin(TimeSpan.FromMilliseconds(options.Scale(1000, 100)), evaluate);
        var samples = new Samples(times);
        for (var run = 0; run < options.Runs; run++)
        {
            samples.Add(await Sample.OfAsync(() =>
            {
                for (var count = 0; count < times; count++)
                {
                    evaluate();
                }
            }));
        }

        return samples.Result(variant.Length > 30 ? variant.Replace(".list.where($.x > 1).select($.y)", ".list…", StringComparison.Ordinal) : variant, samples.StepsPerSecond, "a second");
    }

    /// <summary>Also lets the runtime compile it to its end.</summary>
    private static int CountWithin(TimeSpan time, Func<JsonData> evaluate)
    {
        var count = 0;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < time; count++)
        {
            evaluate();
        }

        return count;
    }
}
