using Mistral.Executions.Language.Yaql;
using static Mistral.Executions.Language.Tests.Yaql.YaqlTest;

namespace Mistral.Executions.Language.Tests.Yaql;

public sealed class YaqlSyntaxTests
{
    [TestCase("1 + 2 * 3", "7")]
    [TestCase("(1 + 2) * 3", "9")]
    [TestCase("7 - 2 - 1", "4")]
    [TestCase("-2 * 3", "-6")]
    [TestCase("2 * not true", "failure")]
    [TestCase("not 1 = 2", "true")]
    [TestCase("not true and false", "false")]
    [TestCase("true or false and false", "true")]
    [TestCase("1 < 2 and 3 in [3]", "true")]
    [TestCase("[1, 2][0] + $.l[-1]", "3")]
    [TestCase("-$.l[0]", "-3")]
    [TestCase("$.d.b.c", "2")]
    [TestCase("$.o[1].y", "\"b\"")]
    [TestCase("'ab' =~ 'a' + 'b'", "failure")]
    [TestCase("let(1) -> let(2) -> $", "2")]
    public void Operators_bind_as_in_the_table(string expression, string json)
    {
        if (json == "failure")
        {
            Failure(expression).Should().NotBeEmpty();
        }
        else
        {
            Json(expression).Should().Be(json);
        }
    }

    [TestCase("'a\\'b'", "\"a'b\"")]
    [TestCase("\"a'b\"", "\"a'b\"")]
    [TestCase("`a\\nb`", "\"a\\\\nb\"")]
    [TestCase("'\\x41\\u0042\\U00000043\\104'", "\"ABCD\"")]
    [TestCase("'\\q'", "\"\\\\q\"")]
    [TestCase("word", "\"word\"")]
    [TestCase("1.5", "1.5")]
    [TestCase("123456789012345678901234567890", "123456789012345678901234567890")]
    [TestCase("[1, true, null, x]", "[1,true,null,\"x\"]")]
    [TestCase("{a => 1, 'b c' => [2]}", "{\"a\":1,\"b c\":[2]}")]
    public void Literals_have_the_value_they_show(string expression, string json) => Json(expression).Should().Be(json);

    [TestCase("", 0)]
    [TestCase("1 +", 3)]
    [TestCase("1 2", 2)]
    [TestCase("$.l]", 3)]
    [TestCase("f(1", 3)]
    [TestCase("f(1,)", 4)]
    [TestCase("f(a => 1, 2)", 11)]
    [TestCase("[,]", 2)]
    [TestCase("a => 1", 2)]
    [TestCase("__x", 0)]
    [TestCase("$.__x", 2)]
    [TestCase("1.5e3", 2)]
    [TestCase("# x", 0)]
    [TestCase("'open", 0)]
    [TestCase("$(1)", 1)]
    [TestCase("1 in(2)", 2)]
    [TestCase("'\\x4g'", 2)]
    public void What_is_no_yaql_is_refused_with_its_place(string expression, int position) =>
        SyntaxFault(expression).Should().Be(position);

    [Test]
    public void Nesting_without_end_is_refused_and_not_followed()
    {
        SyntaxFault(new string('(', 100_000)).Should().BeGreaterThan(100);
        SyntaxFault(string.Concat(Enumerable.Repeat("f(", 100_000))).Should().BeGreaterThan(100);
        Failure(string.Join(" + ", Enumerable.Repeat("1", 10_000))).Should().Contain("deep");
    }

    [Test]
    public void The_text_is_the_expression_without_white_space_around_it() =>
        YaqlExpression.Parse("  $.n + 1 ").Text.Should().Be("$.n + 1");
}
