using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CsCheck;

namespace Mistral.Executions.Tests.Records;

public sealed class JsonDataRoundTripTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char.Where(c => !char.IsSurrogate(c)), 0, 12];

    private static readonly Gen<JsonData> Scalar = Gen.OneOf(
        Gen.Const(default(JsonData)),
        Gen.Bool.Select(b => (JsonData)b),
        Gen.Long.Select(n => (JsonData)n),
        Gen.Select(Gen.Long, Gen.Long).Select((a, b) => (JsonData)(new BigInteger(a) * b)),
        Gen.Double.Where(double.IsFinite).Select(d => (JsonData)d),
        Gen.Decimal.Select(d => (JsonData)d),
        Text.Select(t => (JsonData)t));

    private static readonly Gen<JsonData> Value = Gen.Recursive<JsonData>((depth, inner) => depth >= 3
        ? Scalar
        : Gen.OneOf(
            Scalar,
            inner.Array[0, 12].Select(a => (JsonData)JsonList.Create(a)),
            Gen.Select(Text, inner).Array[0, 12].Select(m => (JsonData)JsonMap.Create(m.Select(p => KeyValuePair.Create(p.Item1, p.Item2))))));

    [Test]
    public void Any_value_is_read_back_equal_and_written_the_same() => Value.Sample(value =>
    {
        var text = value.ToString();
        var back = JsonData.Parse(text);
        back.Should().Be(value);
        back.GetHashCode().Should().Be(value.GetHashCode());
        back.ToString().Should().Be(text);
        JsonData.Parse(value.ToUtf8()).Should().Be(value);
    });

    [Test]
    public void Any_value_is_the_same_after_going_through_a_C_sharp_object() => Value.Sample(value =>
        JsonData.FromObject(new { inner = value })["inner"].Should().Be(value));

    [Test]
    public void Any_bytes_are_JSON_or_are_refused_as_none() =>
        Gen.Select(Value, Gen.Int[0, 200], Gen.Byte).Sample((value, place, other) =>
        {
            var bytes = value.ToUtf8();
            bytes[place % bytes.Length] = other;
            try
            {
                JsonData.Parse(JsonData.Parse(bytes).ToUtf8());
            }
            catch (JsonException)
            {
                // What most changed bytes are.
            }
        });

    [Test]
    public void The_order_of_any_two_numbers_is_that_of_their_decimals() =>
        Gen.Select(Gen.Decimal, Gen.Decimal).Sample((a, b) =>
            (JsonData.Parse(a.ToString(CultureInfo.InvariantCulture)) < b).Should().Be(a < b));
}
