namespace Mistral.Executions.Tests.Records;

public sealed class JsonDataComparisonTests
{
    private static readonly string[] Ascending =
    [
        "-1e99999999999999999999", "-1e400", "-100000000000000000000", "-2.5", "-2", "-1e-400", "0", "1e-99999999999999999999", "1e-400", "4.9406564584124654e-324", "0.1",
        "0.10000000000000000555111512312578270", "1", "1.0000000000000000000000000000000000001", "2", "9.99", "10", "10.5", "99", "100.25",
        "9223372036854775807", "9223372036854775808", "9223372036854775808.5", "1e30", "1e400", "1e401", "1e99999999999999999999",
    ];

    [Test]
    public void Numbers_are_ordered_by_value_with_all_their_digits(
        [Range(0, 26)] int left,
        [Range(0, 26)] int right)
    {
        var (a, b) = (JsonData.Parse(Ascending[left]), JsonData.Parse(Ascending[right]));

        (a < b).Should().Be(left < right);
        (a > b).Should().Be(left > right);
        (a <= b).Should().Be(left <= right);
        (a >= b).Should().Be(left >= right);
    }

    [TestCase("1", "1.0")]
    [TestCase("0", "-0.0")]
    [TestCase("100", "1e2")]
    [TestCase("100000000000000000000", "1e20")]
    public void An_integer_and_a_float_of_the_same_value_come_neither_before_nor_after_each_other(string left, string right)
    {
        var (a, b) = (JsonData.Parse(left), JsonData.Parse(right));

        (a <= b && a >= b).Should().BeTrue();
        (a < b || a > b).Should().BeFalse();
        (a == b).Should().BeFalse("they are different JSON");
    }

    [Test]
    public void A_variable_can_be_compared_with_a_C_sharp_number()
    {
        JsonData total = 100.5m;

        (total > 100).Should().BeTrue();
        (total < 100.6).Should().BeTrue();
        (total >= 100.5m).Should().BeTrue();
        (total <= 100L).Should().BeFalse();
    }

    [Test]
    public void Infinities_lie_beyond_all_numbers_and_NaN_beside_them()
    {
        ((JsonData)double.PositiveInfinity > 1).Should().BeTrue();
        ((JsonData)double.NegativeInfinity < 1).Should().BeTrue();
        JsonData nan = double.NaN;
        (nan < 1 || nan > 1 || nan <= 1 || nan >= 1).Should().BeFalse();
    }

    [Test]
    public void Texts_are_ordered_by_the_codes_of_their_characters()
    {
        ((JsonData)"a" > "B").Should().BeTrue();
        ((JsonData)"a" < "ab").Should().BeTrue();
    }

    [TestCase("null", "1")]
    [TestCase("1", "\"1\"")]
    [TestCase("true", "false")]
    [TestCase("[1]", "[2]")]
    [TestCase("{}", "{}")]
    public void Other_kinds_have_no_order(string left, string right)
    {
        var (a, b) = (JsonData.Parse(left), JsonData.Parse(right));

        FluentActions.Invoking(() => a < b).Should().Throw<InvalidOperationException>().WithMessage($"*{a.Kind}*{b.Kind}*");
    }
}
