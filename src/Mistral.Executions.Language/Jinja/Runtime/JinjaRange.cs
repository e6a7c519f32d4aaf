using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Python's <c>range</c>, as large as the sandbox lets it be.</summary>
internal sealed class JinjaRange : PythonIterable, IJinjaMembers
{
    private const int MaximumCount = 100_000;

    private readonly EvaluationBudget _budget;

    private JinjaRange(long start, long stop, long step, int count, EvaluationBudget budget) =>
        (Start, Stop, Step, Count, _budget) = (start, stop, step, count, budget);

    internal override string TypeName => "range";

    internal long Start { get; }

    internal long Stop { get; }

    internal long Step { get; }

    internal int Count { get; }

    internal override int? Length => Count;

    internal static JinjaRange Create(object?[] arguments, EvaluationBudget budget)
    {
        if (arguments.Length is 0 or > 3)
        {
            throw PythonErrorException.Type($"range expected 1 to 3 arguments, got {arguments.Length}");
        }

        var start = arguments.Length == 1 ? 0 : Integer(arguments[0]);
        var stop = Integer(arguments[arguments.Length == 1 ? 0 : 1]);
        var step = arguments.Length == 3 ? Integer(arguments[2]) : 1;
        return step == 0
            ? throw PythonErrorException.Value("range() arg 3 must not be zero")
            : Create(start, stop, step, budget);
    }

    internal static JinjaRange Create(long start, long stop, long step, EvaluationBudget budget)
    {
        var distance = (Int128)stop - start;
        var count = step > 0 ? (distance + step - 1) / step : (-distance - step - 1) / -(Int128)step;
        count = (step > 0 ? distance > 0 : distance < 0) ? count : 0;
        return count > MaximumCount
            ? throw PythonErrorException.Overflow($"the range is too big: the sandbox allows {MaximumCount} items")
            : new(start, stop, step, (int)count, budget);
    }

    internal object? At(int place) => PythonOperations.Box(Start + (place * Step));

    public object? Attribute(string name, JinjaScope scope) => name switch
    {
        "start" => PythonOperations.Box(Start),
        "stop" => PythonOperations.Box(Stop),
        "step" => PythonOperations.Box(Step),
        "count" => new BoundMethod(this, JinjaFunction.Of("count", "self, value, /", (s, a) =>
            PythonOperations.Box(Contains(a[1], s.Budget) ? 1 : 0))),
        "index" => new BoundMethod(this, JinjaFunction.Of("index", "self, value, /", (s, a) =>
            Find(a[1], s.Budget) is var place and >= 0 ? PythonOperations.Box(place) : throw PythonErrorException.Value("the value is not in the range"))),
        _ => null,
    };

    internal bool HasSameItems(JinjaRange other) =>
        Count == other.Count && (Count == 0 || (Start == other.Start && (Count == 1 || Step == other.Step)));

    internal bool Contains(object? item, EvaluationBudget budget) => Find(item, budget) >= 0;

    internal override PythonIterator GetIterator() => PythonIterator.From(Items(), _budget, "range_iterator");

    internal override string Represent(EvaluationBudget budget) =>
        Step == 1 ? $"range({Start}, {Stop})" : $"range({Start}, {Stop}, {Step})";

    private int Find(object? item, EvaluationBudget budget)
    {
        JinjaOperators.RequireDefined(item);
        if (!PythonOperations.IsNumber(item) || (item is double number && !double.IsInteger(number)))
        {
            return -1;
        }

        var distance = PythonOperations.ToBigInteger(PythonOperations.ToInteger(item, budget)) - Start;
        var place = System.Numerics.BigInteger.DivRem(distance, Step, out var rest);
        return rest.IsZero && place >= 0 && place < Count ? (int)place : -1;
    }

    private static long Integer(object? value)
    {
        JinjaOperators.RequireDefined(value);
        return value switch
        {
            long integer => integer,
            bool boolean => boolean ? 1 : 0,
            System.Numerics.BigInteger big => big.Sign < 0 ? long.MinValue : long.MaxValue,
            _ => throw PythonErrorException.Type($"'{PythonOperations.TypeName(value)}' object cannot be interpreted as an integer"),
        };
    }

    private IEnumerable<object?> Items()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return At(i);
        }
    }
}
