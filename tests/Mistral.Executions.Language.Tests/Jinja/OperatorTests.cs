namespace Mistral.Executions.Language.Tests.Jinja;

/// <summary>Operators and their precedence.</summary>
internal sealed class OperatorTests
{
    [TestCase("2 ** 3 ** 2", "64")]
    [TestCase("-2 ** 2", "4")]
    [TestCase("-5|abs", "5")]
    [TestCase("1 + -5|abs", "6")]
    [TestCase("1 ~ 2 + 3", null)]
    [TestCase("1 ~ 2 * 3", "\"16\"")]
    [TestCase("7 // -2", "-4")]
    [TestCase("-7 % 3", "2")]
    [TestCase("7 / 2", "3.5")]
    [TestCase("1 < 2 < 3", "true")]
    [TestCase("1 < 3 < 2", "false")]
    [TestCase("not 1 == 2", "true")]
    [TestCase("3 not in [1, 2]", "true")]
    [TestCase("1 == 1.0 == true", "true")]
    [TestCase("0 or '' or 'x'", "\"x\"")]
    [TestCase("1 and 2", "2")]
    [TestCase("1 if false else 2 if false else 3", "3")]
    [TestCase("5 is divisibleby 5 and 'a' is not none", "true")]
    [TestCase("'abc'[::-1]", "\"cba\"")]
    [TestCase("[1, 2, 3][-2:]", "[2,3]")]
    [TestCase("'%s-%03d' % ('a', 7)", "\"a-007\"")]
    [TestCase("'{:>4}|{0}'.format(1)", null)]
    [TestCase("'{:>4}|{:.2f}'.format('a', 2.675)", "\"   a|2.67\"")]
    [TestCase("'a' 'b'", "\"ab\"")]
    [TestCase("'\\x41\\u0042'", "\"AB\"")]
    public void An_expression_gives_what_Python_gives(string expression, string? json)
    {
        if (json is null)
        {
            Texts.Failure($"{{{{ {expression} }}}}");
        }
        else
        {
            Texts.Json($"{{{{ {expression} }}}}").Should().Be(json);
        }
    }

    [TestCase("1 + 'a'", "'int' and 'str'")]
    [TestCase("1 / 0", "division by zero")]
    [TestCase("1 in 5", "not iterable")]
    [TestCase("{}[[1]] + 1", "no element [1]")]
    [TestCase("missing", "'missing' is undefined")]
    [TestCase("_.missing + 1", "no attribute 'missing'")]
    [TestCase("missing.a", "'missing' is undefined")]
    [TestCase("5()", "not callable")]
    [TestCase("'x'|nope", "no filter 'nope'")]
    [TestCase("1 is nope", "no test 'nope'")]
    [TestCase("range(100001)", "range is too big")]
    public void What_cannot_be_evaluated_fails_with_the_expression_and_the_reason(string expression, string reason)
    {
        var failure = Texts.Failure($"{{{{ {expression} }}}}");

        failure.Expression.Should().Be($"{{{{ {expression} }}}}");
        failure.Reason.Should().Contain(reason);
    }

    [TestCase("missing is defined", "false")]
    [TestCase("_.missing|default('x')", "\"x\"")]
    [TestCase("_.a.b is undefined", "true")]
    [TestCase("true or missing", "true")]
    public void An_undefined_value_can_be_asked_for_and_replaced(string expression, string json) =>
        Texts.Json($"{{{{ {expression} }}}}", """{"a": {}}""").Should().Be(json);

    [Test]
    public void A_filter_that_does_not_exist_matters_only_where_it_is_reached() =>
        Texts.Json("{{ 1|nope if false else 2 }}").Should().Be("2");

    [TestCase("{{ _.__class__ }}")]
    [TestCase("{{ ''.__class__.mro() }}")]
    [TestCase("{{ _.l.__len__() }}")]
    [TestCase("{{ ''|attr('__class__') }}")]
    [TestCase("{{ _['__init__'] }}")]
    [TestCase("{{ '{0.__class__}'.format(1) }}")]
    [TestCase("{{ range.__globals__ }}")]
    public void Attributes_that_leave_the_data_are_refused(string text) =>
        Texts.Failure(text, """{"l": []}""").Reason.Should().Contain("is not allowed");

    [TestCase("_.items|string|length > 0", "true")]
    [TestCase("_['items']", "1")]
    [TestCase("_.l.0", "5")]
    [TestCase("_.d['a-b']", "2")]
    [TestCase("_.s.upper()", "\"X\"")]
    public void A_method_hides_a_key_behind_a_point_but_not_between_brackets(string expression, string json) =>
        Texts.Json($"{{{{ {expression} }}}}", """{"items": 1, "l": [5], "d": {"a-b": 2}, "s": "x"}""").Should().Be(json);
}
