using Mistral.Executions.Decisions;

namespace Mistral.Executions.Tests.Secrets;

public sealed class RedactionTests
{
    [TestCase("key=abcd;", "key=***;")]
    [TestCase("abcdabcd", "******")]
    [TestCase("nothing", "nothing")]
    [TestCase("", "")]
    [TestCase(null, null)]
    public void A_secret_is_replaced_wherever_it_stands(string? text, string? redacted) => Of("abcd").Apply(text).Should().Be(redacted);

    [Test]
    public void What_has_fewer_than_four_characters_is_no_secret_for_it_stands_in_many_a_text() =>
        Over(JsonMap.Create(("pin", JsonList.Create(["abc", 123, true, default])))).Apply("abc 123 true null").Should().Be("abc 123 true null");

    [Test]
    public void Numbers_and_all_that_stands_below_a_marked_name_are_secret_and_what_stands_beside_is_not() =>
        Over(JsonMap.Create(("pin", JsonMap.Create(("number", 123456), ("list", JsonList.Create([1.2345, "inner"])))), ("other", "outer")))
            .Apply("123456 1.2345 inner outer").Should().Be("*** *** *** outer");

    [Test]
    public void Of_two_secrets_one_of_which_holds_the_other_nothing_is_left() =>
        Over(JsonMap.Create(("pin", JsonList.Create(["abcd", "xabcdx"])))).Apply("xabcdx abcd").Should().Be("*** ***");

    [Test]
    public void A_secret_is_found_as_it_stands_in_JSON_and_in_an_address() =>
        Of("a\"b ü\n").Apply("""{"x":"a\"b ü\n"} ?x=a%22b%20%C3%BC%0A a\u0022b \u00FC\n""").Should().Be("""{"x":"***"} ?x=*** ***""");

    [Test]
    public void The_beginning_of_a_secret_that_was_cut_off_is_replaced_too()
    {
        Of("abcdefgh").Apply("is abcdef… or abcd…").Should().Be("is ***… or ***…");
        Of("abcdefgh").Apply("is abc… or xyz… or …").Should().Be("is abc… or xyz… or …");
    }

    [Test]
    public void An_exception_without_a_secret_stays_itself_and_another_becomes_its_text()
    {
        var clean = new InvalidOperationException("fine");
        var dirty = new InvalidOperationException("fine", new FormatException("not abcd"));

        Of("abcd").Apply(clean).Should().BeSameAs(clean);
        Of("abcd").Apply(dirty).ToString().Should().Contain("InvalidOperationException: fine").And.Contain("FormatException: not ***");
        Redaction.None.Apply(dirty).Should().BeSameAs(dirty);
    }

    [Test]
    public void Nothing_is_looked_at_before_there_is_a_text()
    {
        var looked = 0;
        var redaction = new Redaction(SecretNames.None, () =>
        {
            looked++;
            return [new("abcd", [], IsSecret: true)];
        });

        redaction.Apply("");
        looked.Should().Be(0);
        redaction.Apply("abcd").Should().Be("***");
        redaction.Apply("abcd").Should().Be("***");
        looked.Should().Be(1);
    }

    private static Redaction Of(string secret) => Over(JsonMap.Create(("pin", secret)));

    private static Redaction Over(JsonMap data) => new(SecretNames.None, () => [new(data, ["pin"])]);
}
