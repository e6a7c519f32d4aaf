using System.Numerics;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Tests.Values;

public sealed class EqualityTests
{
    private readonly EvaluationBudget _budget = new();

    [Test]
    public void One_and_one_point_zero_and_true_are_one_key()
    {
        var dictionary = new PythonDictionary(isFrozen: false, _budget);
        dictionary.Set(1L, "integer", _budget);
        dictionary.Set(1.0, "float", _budget);
        dictionary.Set(true, "boolean", _budget);

        dictionary.Count.Should().Be(1);
        dictionary.At(0).Should().Be(KeyValuePair.Create<object?, object?>(1L, "boolean"));
    }

    [Test]
    public void Equal_values_have_equal_hashes()
    {
        (object? Left, object? Right)[] pairs =
        [
            (1L, 1.0),
            (0L, false),
            (BigInteger.Pow(2, 70), Math.Pow(2, 70)),
            (PythonList.Tuple(1L, "a"), PythonList.Tuple(true, "a")),
            (new PythonTimeSpan(5), new PythonTimeSpan(5)),
            (Time("2026-01-02 03:00", 0), Time("2026-01-02 05:00", 2)),
        ];
        foreach (var (left, right) in pairs)
        {
            PythonOperations.AreEqual(left, right, _budget).Should().BeTrue();
            PythonOperations.Hash(left, _budget).Should().Be(PythonOperations.Hash(right, _budget));
        }
    }

    [Test]
    public void A_list_is_no_tuple_and_none_is_only_none()
    {
        PythonOperations.AreEqual(PythonList.List(1L), PythonList.Tuple(1L), _budget).Should().BeFalse();
        PythonOperations.AreEqual(null, false, _budget).Should().BeFalse();
        PythonOperations.AreEqual(null, null, _budget).Should().BeTrue();
        PythonOperations.AreEqual("1", 1L, _budget).Should().BeFalse();
    }

    [Test]
    public void Integers_and_floats_are_compared_exactly()
    {
        var large = BigInteger.Pow(2, 53) + 1;
        PythonOperations.AreEqual((long)large, Math.Pow(2, 53), _budget).Should().BeFalse();
        PythonOperations.Compare((long)large, Math.Pow(2, 53), PythonComparison.Greater, _budget).Should().BeTrue();
        PythonOperations.Compare(BigInteger.Pow(10, 400), double.PositiveInfinity, PythonComparison.Less, _budget).Should().BeTrue();
        PythonOperations.Compare(1L, double.NaN, PythonComparison.LessOrEqual, _budget).Should().BeFalse();
    }

    [Test]
    public void What_can_change_has_no_hash()
    {
        foreach (var value in new object[]
        {
            PythonList.List(1L), PythonList.Tuple(PythonList.List()), new PythonDictionary(isFrozen: false, _budget), new PythonSet(false, _budget),
        })
        {
            var hash = () => PythonOperations.Hash(value, _budget);
            hash.Should().Throw<PythonErrorException>().Which.Kind.Should().Be("TypeError");
        }
    }

    [Test]
    public void Values_of_different_types_have_no_order()
    {
        var compare = () => PythonOperations.Compare(1L, "a", PythonComparison.Less, _budget);
        compare.Should().Throw<PythonErrorException>().WithMessage("'<' not supported between instances of 'int' and 'str'");
    }

    [Test]
    public void Texts_are_ordered_by_code_point() =>
        PythonOperations.Compare("\uFFFD", "😀", PythonComparison.Less, _budget).Should().BeTrue();

    private static PythonDateTime Time(string wall, int hours) => PythonDateTime
        .FromInstant(DateTimeOffset.Parse(wall + "Z", System.Globalization.CultureInfo.InvariantCulture), PythonTimeSpan.Zero)
        .WithOffset(new PythonTimeSpan(hours * 3600L * PythonTimeSpan.MicrosecondsPerSecond));
}
