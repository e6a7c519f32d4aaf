namespace Mistral.Executions.Tests.Records;

public sealed class JsonDataEqualityTests
{
    private static readonly string[] Distinct =
    [
        "null", "true", "false", "0", "1", "-1", "0.0", "-0.0", "1.0", "1.5", "100000000000000000000", "100000000000000000001",
        "0.1", "0.10000000000000000555111512312578270", "\"\"", "\"a\"", "\"A\"", "\"1\"", "[]", "[1]", "[1.0]", "[1,2]", "[2,1]", "[[]]",
        "{}", """{"a":1}""", """{"a":1.0}""", """{"b":1}""", """{"a":null}""", """{"a":1,"b":2}""",
    ];

    [Test]
    public void Values_that_differ_in_anything_but_member_order_are_not_equal(
        [ValueSource(nameof(Distinct))] string left,
        [ValueSource(nameof(Distinct))] string right)
    {
        var (a, b) = (JsonData.Parse(left), JsonData.Parse(right));

        (a == b).Should().Be(left == right);
        (a != b).Should().Be(left != right);
        a.Equals((object)b).Should().Be(left == right);
        if (left == right)
        {
            a.GetHashCode().Should().Be(b.GetHashCode());
        }
    }

    [Test]
    public void The_order_of_members_does_not_count_at_any_depth()
    {
        var a = JsonData.Parse("""{"x": 1, "y": [{"p": true, "q": null}]}""");
        var b = JsonData.Parse("""{"y": [{"q": null, "p": true}], "x": 1}""");

        a.Should().Be(b);
        a.GetHashCode().Should().Be(b.GetHashCode());
    }

    [Test]
    public void A_value_is_not_equal_to_anything_that_is_no_JSON()
    {
        ((JsonData)1).Equals((object?)null).Should().BeFalse();
        ((JsonData)"a").Equals((object)"a").Should().BeFalse();
        JsonMap.Empty.Equals((object)"a").Should().BeFalse();
        JsonList.Empty.Equals((object)"a").Should().BeFalse();
        JsonMap.Empty.Equals(null).Should().BeFalse();
        JsonList.Empty.Equals(null).Should().BeFalse();
    }

    [Test]
    public void A_NaN_is_equal_to_itself_as_JSON() => ((JsonData)double.NaN).Should().Be((JsonData)double.NaN);
}
