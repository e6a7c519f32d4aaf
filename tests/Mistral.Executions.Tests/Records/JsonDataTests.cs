using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Mistral.Executions.Tests.Records;

public sealed class JsonDataTests
{
    [Test]
    public void The_default_value_is_null()
    {
        JsonData value = default;

        value.IsNull.Should().BeTrue();
        value.Kind.Should().Be(JsonKind.Null);
        value.ToString().Should().Be("null");
        value.Should().Be(JsonData.Null);
    }

    [TestCase("null", JsonKind.Null)]
    [TestCase("true", JsonKind.Boolean)]
    [TestCase("false", JsonKind.Boolean)]
    [TestCase("0", JsonKind.Integer)]
    [TestCase("-7", JsonKind.Integer)]
    [TestCase("9223372036854775808", JsonKind.Integer)]
    [TestCase("1.0", JsonKind.Float)]
    [TestCase("1.5E+30", JsonKind.Float)]
    [TestCase("\"\"", JsonKind.String)]
    [TestCase("[]", JsonKind.Array)]
    [TestCase("{}", JsonKind.Object)]
    public void Each_kind_is_read_as_itself_and_written_as_it_was_read(string json, JsonKind kind)
    {
        var value = JsonData.Parse(json);

        value.Kind.Should().Be(kind);
        value.ToString().Should().Be(json);
    }

    [Test]
    public void A_null_reference_of_any_type_becomes_JSON_null()
    {
        ((JsonData)(string?)null).IsNull.Should().BeTrue();
        ((JsonData)(JsonMap?)null).IsNull.Should().BeTrue();
        ((JsonData)(JsonList?)null).IsNull.Should().BeTrue();
    }

    [TestCase("9223372036854775807")]
    [TestCase("-9223372036854775808")]
    [TestCase("9223372036854775808")]
    [TestCase("-9223372036854775809")]
    [TestCase("123456789012345678901234567890123456789012345678901234567890")]
    public void An_integer_of_any_size_keeps_all_its_digits(string digits)
    {
        var value = JsonData.Parse(digits);

        value.AsInteger().Should().Be(BigInteger.Parse(digits));
        value.ToString().Should().Be(digits);
        ((JsonData)BigInteger.Parse(digits)).Should().Be(value);
    }

    [Test]
    public void A_big_integer_that_fits_64_bits_is_the_same_value_as_the_small_one()
    {
        JsonData fromBig = new BigInteger(5);

        fromBig.Should().Be((JsonData)5);
        fromBig.GetHashCode().Should().Be(((JsonData)5).GetHashCode());
        fromBig.TryGetInt64(out var small).Should().BeTrue();
        small.Should().Be(5);
    }

    [Test]
    public void An_integer_above_64_bits_does_not_pretend_to_fit() =>
        JsonData.Parse("9223372036854775808").TryGetInt64(out _).Should().BeFalse();

    [TestCase("0.1")]
    [TestCase("3.141592653589793")]
    [TestCase("0.10000000000000000555111512312578270")]
    [TestCase("12345678901234567890.12345678901234567890")]
    [TestCase("1e400")]
    [TestCase("-1e400")]
    [TestCase("1e-400")]
    [TestCase("1.2345678e-320")]
    public void A_float_keeps_every_digit_that_counts(string digits) =>
        JsonData.Parse(digits).ToString().Should().Be(digits);

    [TestCase("0.0", "0.0")]
    [TestCase("0.000", "0.0")]
    [TestCase("0e5", "0.0")]
    [TestCase("1.10", "1.1")]
    [TestCase("1e2", "100.0")]
    [TestCase("1e17", "1E+17")]
    public void A_float_that_a_double_holds_exactly_is_written_in_its_shortest_form(string digits, string written) =>
        JsonData.Parse(digits).ToString().Should().Be(written);

    [Test]
    public void A_double_without_a_fraction_stays_a_float()
    {
        ((JsonData)2.0).ToString().Should().Be("2.0");
        JsonData.Parse(((JsonData)2.0).ToString()).Should().Be((JsonData)2.0);
    }

    [Test]
    public void Infinity_and_NaN_are_written_as_null()
    {
        ((JsonData)double.PositiveInfinity).ToString().Should().Be("null");
        ((JsonData)double.NaN).ToString().Should().Be("null");
    }

    [Test]
    public void A_decimal_keeps_its_digits_and_stays_a_float()
    {
        ((JsonData)79228162514264337593543950.335m).ToString().Should().Be("79228162514264337593543950.335");
        ((JsonData)42m).ToString().Should().Be("42.0");
    }

    [Test]
    public void A_number_can_be_asked_for_as_a_double()
    {
        ((JsonData)3).AsDouble().Should().Be(3.0);
        ((JsonData)1.5).AsDouble().Should().Be(1.5);
        JsonData.Parse("100000000000000000000").AsDouble().Should().Be(1e20);
        JsonData.Parse("0.10000000000000000555111512312578270").AsDouble().Should().Be(0.1);
    }

    [Test]
    public void Asking_for_another_kind_names_both_kinds()
    {
        JsonData text = "5";

        text.Invoking(t => t.AsInteger()).Should().Throw<InvalidOperationException>().WithMessage("*String*Integer*");
        text.Invoking(t => t.AsDouble()).Should().Throw<InvalidOperationException>().WithMessage("*String*Float*");
        text.Invoking(t => t.AsBoolean()).Should().Throw<InvalidOperationException>().WithMessage("*String*Boolean*");
        text.Invoking(t => t.AsObject()).Should().Throw<InvalidOperationException>().WithMessage("*String*Object*");
        text.Invoking(t => t.AsArray()).Should().Throw<InvalidOperationException>().WithMessage("*String*Array*");
        ((JsonData)5).Invoking(n => n.AsString()).Should().Throw<InvalidOperationException>().WithMessage("*Integer*String*");
        ((JsonData)1.0).Invoking(n => n.AsInteger()).Should().Throw<InvalidOperationException>().WithMessage("*Float*Integer*");
    }

    [Test]
    public void A_member_is_null_where_there_is_none()
    {
        var value = JsonData.Parse("""{"a": {"b": [1, 2]}}""");

        value["a"]["b"][1].Should().Be((JsonData)2);
        value["x"]["y"].IsNull.Should().BeTrue();
        ((JsonData)"text")["a"].IsNull.Should().BeTrue();
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[1,]")]
    [TestCase("1 2")]
    [TestCase("01")]
    [TestCase("NaN")]
    [TestCase("'a'")]
    [TestCase("// c\n1")]
    [TestCase("\"\\ud800\"")]
    [TestCase("{\"\\ud800\": 1}")]
    public void A_text_that_is_no_JSON_is_refused(string json) =>
        json.Invoking(j => JsonData.Parse(j)).Should().Throw<JsonException>();

    [Test]
    public void Bytes_that_are_no_UTF_8_are_refused()
    {
        byte[] bytes = [(byte)'"', 0xC3, 0x28, (byte)'"'];

        bytes.Invoking(b => JsonData.Parse(b)).Should().Throw<JsonException>();
    }

    [Test]
    public void JSON_may_nest_256_levels_deep_and_no_deeper()
    {
        var deep = new string('[', 256) + new string(']', 256);

        JsonData.Parse(deep).ToString().Should().Be(deep);
        $"[{deep}]".Invoking(j => JsonData.Parse(j)).Should().Throw<JsonException>();
    }

    [Test]
    public void Text_with_quotes_control_characters_and_any_letters_is_kept()
    {
        const string Text = "a\"b\\c\u0000\u0001\n\t\u007f/é漢😀<&>'";

        JsonData.Parse(((JsonData)Text).ToString()).AsString().Should().Be(Text);
        JsonData.Parse(((JsonData)Text).ToUtf8()).AsString().Should().Be(Text);
        Encoding.UTF8.GetString(((JsonData)"é<&>'").ToUtf8()).Should().Be("\"é<&>'\"");
    }
}
