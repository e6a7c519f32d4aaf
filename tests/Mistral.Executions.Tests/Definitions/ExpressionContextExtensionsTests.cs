using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mistral.Executions.Tests.Definitions;

public sealed partial class ExpressionContextExtensionsTests
{
    private static readonly IExpressionContext Context = new ExpressionContextStub(
        JsonMap.Create(("total", 120.5m), ("nothing", default), ("receipt", JsonMap.Create(("receipt_id", "R1")))),
        JsonMap.Create(
            ("", JsonMap.Create(("result", JsonMap.Create(("receipt_id", "own"))))),
            ("charge", JsonMap.Create(("result", JsonMap.Create(("receipt_id", "other")))))));

    [Test]
    public void A_variable_is_found_by_name_and_null_where_there_is_none()
    {
        (Context["total"] > 100).Should().BeTrue();
        Context["receipt"]["receipt_id"].Should().Be((JsonData)"R1");
        Context["totl"].IsNull.Should().BeTrue();
    }

    [Test]
    public void A_variable_is_given_as_a_C_sharp_value()
    {
        Context.Get<decimal>("total").Should().Be(120.5m);
        Context.Get<int?>("nothing").Should().BeNull();
        Context.Get<Receipt>("receipt").Should().Be(new Receipt("R1"));
        Context.Get("receipt", Json.Default.Receipt).Should().Be(new Receipt("R1"));
    }

    [Test]
    public void A_variable_that_is_not_there_is_an_error_that_names_those_that_are() =>
        FluentActions.Invoking(() => Context.Get<decimal>("totl")).Should().Throw<KeyNotFoundException>().WithMessage("*'totl'*nothing, receipt, total*");

    [Test]
    public void A_variable_of_another_type_is_an_error_that_names_it_and_keeps_it_to_itself() =>
        FluentActions.Invoking(() => Context.Get<int>("receipt")).Should().Throw<JsonException>()
            .WithMessage("The variable 'receipt' cannot be read as Int32: it is of the kind Object. *").And.Message.Should().NotContain("R1");

    [Test]
    public void A_result_of_another_type_is_an_error_that_names_its_task() =>
        FluentActions.Invoking(() => Context.Result<bool>("charge")).Should().Throw<JsonException>().WithMessage("The result of 'charge' cannot be read as Boolean: it is of the kind Object. *");

    [Test]
    public void The_result_is_that_of_the_task_itself_or_of_one_by_name()
    {
        Context.Result()["receipt_id"].Should().Be((JsonData)"own");
        Context.Result("charge")["receipt_id"].Should().Be((JsonData)"other");
        Context.Result("nobody").IsNull.Should().BeTrue();
        Context.Result<Receipt>().Should().Be(new Receipt("own"));
        Context.Result<Receipt>("charge").Should().Be(new Receipt("other"));
        Context.Result(Json.Default.Receipt, "charge").Should().Be(new Receipt("other"));
        Context.Result<Receipt>("nobody").Should().BeNull();
    }

    internal sealed record Receipt(string ReceiptId);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Receipt))]
    private sealed partial class Json : JsonSerializerContext;
}
