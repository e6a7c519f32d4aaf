namespace Mistral.Executions.Tests.Records;

public sealed class JsonListTests
{
    [Test]
    public void Elements_keep_their_order()
    {
        var list = JsonList.Create(3, "a", default);

        list.Count.Should().Be(3);
        list.Should().Equal(3, "a", default(JsonData));
        list[1].Should().Be((JsonData)"a");
        list.ToString().Should().Be("""[3,"a",null]""");
    }

    [TestCase(-1)]
    [TestCase(2)]
    public void A_place_outside_names_the_number_of_elements(int place) =>
        FluentActions.Invoking(() => JsonList.Create(1, 2)[place]).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*2 elements*");

    [Test]
    public void A_list_is_made_of_a_copy()
    {
        var elements = new JsonData[] { 1, 2 };
        var list = JsonList.Create(elements.AsSpan());
        elements[0] = 9;

        list[0].Should().Be((JsonData)1);
    }

    [Test]
    public void There_is_one_empty_list() => JsonList.Create().Should().BeSameAs(JsonList.Empty);
}
