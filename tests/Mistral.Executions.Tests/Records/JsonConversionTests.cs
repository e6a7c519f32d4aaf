using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mistral.Executions.Tests.Records;

public sealed partial class JsonConversionTests
{
    private enum Payment
    {
        CreditCard,
        Cash,
    }

    [Test]
    public void Names_become_snake_case_and_come_back()
    {
        var order = new Order("A-17", 42.00m, Payment.CreditCard, [1, 2]);

        var json = JsonData.FromObject(order);

        json.ToString().Should().Be("""{"order_id":"A-17","total_amount":42.0,"paid_by":"credit_card","item_numbers":[1,2]}""");
        json.ToObject<Order>().Should().BeEquivalentTo(order);
    }

    [Test]
    public void An_anonymous_object_may_hold_JSON()
    {
        var inner = JsonData.Parse("""{"a": [1, 2.50, 123456789012345678901234567890]}""");

        JsonData.FromObject<object>(new { inner, list = JsonList.Create(1), map = JsonMap.Create(("x", 1)), none = JsonData.Null, no_map = (JsonMap?)null })
            .ToString().Should().Be("""{"inner":{"a":[1,2.5,123456789012345678901234567890]},"list":[1],"map":{"x":1},"none":null,"no_map":null}""");
    }

    [Test]
    public void A_type_may_ask_for_JSON_as_it_is()
    {
        var holder = JsonData.Parse("""{"data": null, "map": {"a": 1.0}, "list": [true]}""").ToObject<Holder>()!;

        holder.Data.IsNull.Should().BeTrue();
        holder.Map.ToString().Should().Be("""{"a":1.0}""");
        holder.List.ToString().Should().Be("[true]");
    }

    [Test]
    public void A_type_that_asks_for_an_object_or_array_gets_no_other_kind()
    {
        FluentActions.Invoking(() => JsonData.Parse("""{"map": 1}""").ToObject<Holder>()).Should().Throw<JsonException>();
        FluentActions.Invoking(() => JsonData.Parse("""{"list": {}}""").ToObject<Holder>()).Should().Throw<JsonException>();
    }

    [Test]
    public void JSON_is_its_own_conversion()
    {
        JsonData value = JsonMap.Create(("a", 1));

        JsonData.FromObject(value).Should().Be(value);
        JsonData.FromObject<object>(JsonMap.Create(("a", 1))).Should().Be(value);
        JsonData.FromObject<object?>(null).IsNull.Should().BeTrue();
        JsonData.FromObject(JsonList.Empty).Should().Be(JsonData.EmptyArray);
        value.ToObject<JsonData>().Should().Be(value);
        value.ToObject<object>().Should().Be(value);
        value.ToObject<JsonMap>().Should().BeEquivalentTo(JsonMap.Create(("a", 1)));
    }

    [Test]
    public void Numbers_keep_their_kind()
    {
        JsonData.FromObject(1.0).ToString().Should().Be("1.0");
        JsonData.FromObject(1f).ToString().Should().Be("1.0");
        JsonData.FromObject(0.1f).ToString().Should().Be("0.1");
        JsonData.FromObject(1m).ToString().Should().Be("1.0");
        JsonData.FromObject(1).ToString().Should().Be("1");
        JsonData.FromObject(ulong.MaxValue).ToString().Should().Be("18446744073709551615");
        JsonData.FromObject(BigInteger.Pow(10, 40)).AsInteger().Should().Be(BigInteger.Pow(10, 40));
    }

    [Test]
    public void Numbers_are_read_as_the_type_that_is_asked_for()
    {
        JsonData.Parse("10000000000000000000000000000000000000000").ToObject<BigInteger>().Should().Be(BigInteger.Pow(10, 40));
        JsonData.Parse("1.5").ToObject<decimal>().Should().Be(1.5m);
        JsonData.Parse("1.5").ToObject<float>().Should().Be(1.5f);
        ((JsonData)3).ToObject<double>().Should().Be(3.0);
        ((JsonData)3).ToObject<long?>().Should().Be(3);
        JsonData.Null.ToObject<long?>().Should().BeNull();
        FluentActions.Invoking(() => ((JsonData)1.5).ToObject<BigInteger>()).Should().Throw<JsonException>();
        FluentActions.Invoking(() => ((JsonData)"1").ToObject<int>()).Should().Throw<JsonException>();
    }

    [Test]
    public void A_number_without_a_JSON_form_is_refused()
    {
        FluentActions.Invoking(() => JsonData.FromObject(double.NaN)).Should().Throw<JsonException>();
        FluentActions.Invoking(() => JsonData.FromObject(float.NegativeInfinity)).Should().Throw<JsonException>();
    }

    [Test]
    public void A_value_with_a_cycle_is_refused()
    {
        var list = new List<object>();
        list.Add(list);

        list.Invoking(l => JsonData.FromObject(l)).Should().Throw<JsonException>();
    }

    [Test]
    public void JSON_that_lacks_what_the_type_needs_names_it() =>
        FluentActions.Invoking(() => JsonData.Parse("""{"order_id": "A", "total_amount": 1.0, "paid_by": "cash"}""").ToObject<Order>())
            .Should().Throw<JsonException>().WithMessage("*item_numbers*");

    [Test]
    public void JSON_that_does_not_fit_names_the_place() =>
        FluentActions.Invoking(() => JsonData.Parse("""{"item_numbers": [1, "x"]}""").ToObject<Order>())
            .Should().Throw<JsonException>().Which.Path.Should().Be("$.item_numbers[1]");

    [Test]
    public void The_callers_options_are_used() =>
        JsonData.FromObject(new { OrderId = 1 }, JsonSerializerOptions.Web).ToString().Should().Be("""{"orderId":1}""");

    [Test]
    public void A_serializer_context_needs_no_reflection()
    {
        var json = JsonData.FromObject(new Holder { Data = 1, Map = JsonMap.Create(("a", 2)) }, Context.Default.Holder);

        json["Data"].Should().Be((JsonData)1);
        json.ToObject(Context.Default.Holder)!.Map["a"].Should().Be((JsonData)2);
    }

    private sealed record Order(string OrderId, decimal TotalAmount, Payment PaidBy, IReadOnlyList<int> ItemNumbers);

    internal sealed record Holder
    {
        public JsonData Data { get; init; }

        public JsonMap Map { get; init; } = JsonMap.Empty;

        public JsonList List { get; init; } = JsonList.Empty;
    }

    [JsonSerializable(typeof(Holder))]
    private sealed partial class Context : JsonSerializerContext;
}
