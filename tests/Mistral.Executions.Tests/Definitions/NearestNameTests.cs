namespace Mistral.Executions.Tests.Definitions;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["ship", "refund", "send_invoice", "a"];

    [TestCase("shipp", "ship")]
    [TestCase("shpi", "ship")]
    [TestCase("Ship", "ship")]
    [TestCase("sip", "ship")]
    [TestCase("refnd", "refund")]
    [TestCase("send_invioce", "send_invoice")]
    [TestCase("sendinvoice", "send_invoice")]
    [TestCase("b", "a")]
    public void A_name_that_was_mistyped_is_found(string name, string nearest) => NearestName.Of(name, Names).Should().Be(nearest);

    [TestCase("deliver")]
    [TestCase("")]
    [TestCase("shxx")]
    [TestCase("send")]
    public void A_name_that_is_far_from_all_has_no_nearest(string name) => NearestName.Of(name, ["ship", "refund", "send_invoice"]).Should().BeNull();

    [Test]
    public void Of_several_near_names_the_nearest_is_taken() =>
        NearestName.Of("charge_card", ["charge_cars_x", "charge_cart", "charge_card_2"]).Should().Be("charge_cart");

    [Test]
    public void The_suggestion_ends_the_sentence_with_a_question_or_a_full_stop()
    {
        NearestName.Suggest("shipp", Names).Should().Be("; did you mean 'ship'?");
        NearestName.Suggest("deliver", Names).Should().Be(".");
    }

    [Test]
    public void Among_very_many_names_none_is_searched_for() =>
        NearestName.Of("t1x", [.. Enumerable.Range(0, NearestName.MostCandidates + 1).Select(i => $"t{i}")]).Should().BeNull();
}
