using System.Globalization;
using System.Numerics;
using Mistral.Executions.Language;

namespace Mistral.Executions.Crash;

/// <summary>What the host runs: workflows of all kinds, actions that note each run of a body, and what must come out.</summary>
internal sealed class Load(LineFile side)
{
    private const int Modulus = 1_000_003;

    private static readonly string[] Workflows = ["chain", "pay", "insist", "fork", "items", "patience", "ask", "trouble", "failure", "everything"];

    /// <summary>How long the lease of a dead host is waited for.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The id of an execution of the load.</summary>
    public static string IdOf(int seed, int place) => string.Create(CultureInfo.InvariantCulture, $"load-{seed}-{place:D5}");

    /// <summary>What the load starts in that place.</summary>
    public static (string Workflow, JsonMap Input) StartOf(int seed, int place)
    {
        var number = Mix(((long)seed * 1_000_003) + place);
        return (Workflows[number % Workflows.Length], JsonMap.Create(("n", number % 1000)));
    }

    /// <summary>The result of the outside action.</summary>
    public static JsonData AnswerTo(ActionExecution question) => Step(NumberOf(question.Input["value"]));

    /// <summary>The output that an execution must have, without a crash or with any.</summary>
    /// <param name="workflow">The name of the workflow.</param>
    /// <param name="number">Its input.</param>
    /// <param name="isChargeLost">Whether an action that is not safe to run again was running when the process died.</param>
    /// <returns>The output; <see langword="null"/> when it must end in ERROR.</returns>
    public static int? ValueOf(string workflow, int number, bool isChargeLost) => workflow switch
    {
        "chain" => Chain(number),
        "pay" => isChargeLost ? Step(number + 1) : Step(Charge(number)),
        "insist" => Charge(number),
        "fork" => Fork(number),
        "items" => Items(number),
        "patience" => Step(Step(Step(number))),
        "ask" => Step(Step(number)),
        "trouble" => Step(number),
        "failure" => null,
        "everything" => Step(Items(Fork(number)) + Step(Step(Fork(number))) + Step(Fork(number))),
        _ => throw new ArgumentException($"There is no workflow '{workflow}'."),
    };

    public ExecutionEngineOptions OptionsFor(string database, SqliteSynchronous synchronous)
    {
        using var resource = typeof(Load).Assembly.GetManifestResourceStream("load.yaml")!;
        using var reader = new StreamReader(resource);
        return new ExecutionEngineOptions(database) { Synchronous = synchronous, LeaseDuration = Lease, ShutdownDeadline = TimeSpan.FromSeconds(2) }
            .AddWorkflows(reader.ReadToEnd())
            .AddAction("crash.step", async (input, context, cancellationToken) => Step(await BodyAsync(input, context, "SAFE", cancellationToken)))
            .AddAction(
                "crash.charge",
                async (input, context, cancellationToken) => Charge(await BodyAsync(input, context, "UNSAFE", cancellationToken)),
                new() { IsSafeToRerun = false })
            .AddAction("crash.flaky", async (input, context, cancellationToken) =>
            {
                var value = await BodyAsync(input, context, "SAFE", cancellationToken);
                return context.Attempt > NumberOf(input["failures"]) ? Step(value) : throw new ActionFailedException($"attempt {context.Attempt} fails");
            })
            .AddAction("crash.fail", async (input, context, cancellationToken) =>
            {
                await BodyAsync(input, context, "SAFE", cancellationToken);
                throw new ActionFailedException("it always fails");
            })
            .AddOutsideAction("crash.ask");
    }

    public static int NumberOf(JsonData value) => (int)value.AsInteger();

    private static int Step(int value) => (int)(((3L * value) + 1) % Modulus);

    private static int Charge(int value) => (int)(((5L * value) + 2) % Modulus);

    private static int Chain(int value) => Step(Step(Step(value)));

    private static int Fork(int value)
    {
        var split = Step(value);
        return Step(Step(split) + Chain(split) + Charge(split));
    }

    private static int Items(int value)
    {
        var results = Enumerable.Range(0, 8).Select(i => Step(value + i)).ToList();
        return Step(results.Sum() + results.Take(3).Sum(Chain));
    }

    // The numbers of a seed, spread as if by chance.
    private static int Mix(long number)
    {
        var mixed = (ulong)number * 0x9E3779B97F4A7C15;
        return (int)(BitOperations.RotateLeft(mixed, 31) * 0xBF58476D1CE4E5B9 >> 34);
    }

    /// <summary>Notes that a body runs, and takes some time, so that it can be killed in it.</summary>
    private async Task<int> BodyAsync(JsonMap input, ActionContext context, string kind, CancellationToken cancellationToken)
    {
        side.Append($"body {context.ActionExecutionId} {kind}");
        var value = NumberOf(input["value"]);
        await Task.Delay(Mix(value) % 30, cancellationToken);
        return value;
    }
}
