using static Mistral.Executions.Language.Tests.Yaql.YaqlTest;

namespace Mistral.Executions.Language.Tests.Yaql;

public sealed class YaqlResolutionTests
{
    [Test]
    public void The_types_of_the_arguments_choose_the_overload()
    {
        Json("'a' + 'b'").Should().Be("\"ab\"");
        Json("[1] + [2]").Should().Be("[1,2]");
        Json("{a => 1} + {b => 2}").Should().Be("{\"a\":1,\"b\":2}");
        Json("[1, 2].indexOf(2)").Should().Be("1");
        Json("'abc'.indexOf(c)").Should().Be("2");
        Json("null < 1").Should().Be("true");
        Failure("1 + 'a'").Should().Contain("operator '+'").And.Contain("integer, string");
        Failure("true + 1").Should().Contain("boolean");
    }

    [Test]
    public void One_call_meets_values_of_many_types() =>
        Json("[1, 'a', [2], {b => 3}].select($ + $)").Should().Be("[2,\"aa\",[2,2],{\"b\":3}]");

    [Test]
    public void The_more_special_overload_wins()
    {
        // A list fits both the insert for lists and that for any sequence.
        Text("[1, 2].insert(-1, 9)").Should().Be("[1, 9, 2]");
        Text("[1, 2].select($).insert(1, 9)").Should().Be("[1, 9, 2]");
    }

    [Test]
    public void Arguments_can_be_named_or_left_out()
    {
        Json("'a-b'.split(separator => '-')").Should().Be("[\"a\",\"b\"]");
        Json("range(0, stop => 3, step => 2)").Should().Be("[0,2]");
        Json("'a b'.split(, 0)").Should().Be("[\"a b\"]");
        Failure("'a'.split('-', separator => '-')").Should().Contain("split");
        Failure("'a'.split(nothing => 1)").Should().Contain("split");
        Failure("[1].select(1 => 2)").Should().Contain("=>");
    }

    [Test]
    public void Functions_and_methods_are_kept_apart()
    {
        Json("len($.l) + $.l.len()").Should().Be("6");
        Failure("where($.l, true)").Should().Contain("no function 'where'");
        Failure("$.n.abs()").Should().Contain("no method 'abs'");
        Failure("nothing()").Should().Contain("no function 'nothing'");
        Failure("$.n.nothing").Should().Contain("no property 'nothing'");
    }

    [Test]
    public void Lazy_arguments_are_evaluated_only_when_they_are_needed()
    {
        Json("false and 1 / 0").Should().Be("false");
        Json("coalesce(1, 1 / 0)").Should().Be("1");
        Json("switch(true => 1, true => 1 / 0)").Should().Be("1");
        Json("$.nothing?.a", "{\"nothing\": null}").Should().Be("null");
        Json("let(range(5).select(1 / 0)) -> 7").Should().Be("7");
    }

    [Test]
    public void A_defined_function_hides_the_one_of_the_library_and_may_call_itself()
    {
        Json("def(twice, $ * 2) -> [1, 2].select(twice($))").Should().Be("[2,4]");
        Json("def(len, 9) -> len([1])").Should().Be("9");
        Json("def(fac, switch($ <= 1 => 1, true => $ * fac($ - 1))) -> fac(5)").Should().Be("120");
        Failure("def(f, f($)) -> f(1)").Should().Contain("deep");
        Failure("def(my_name, 1) -> my_name()").Should().Contain("my_name");
    }

    [Test]
    public void Inner_scopes_see_the_outer_ones_and_each_item_its_own()
    {
        Json("let(k => 10) -> $.l.select($ + $k)").Should().Be("[13,11,12]");
        Json("$.l.select(let(outer => $) -> [1, 2].select($ * $outer))").Should().Be("[[3,6],[1,2],[2,4]]");
        Json("with(1, 2) -> $1 + $2").Should().Be("3");
        Json("[[1, 2], [3, 4]].select($.unpack(a, b) -> $a * $b)").Should().Be("[2,12]");
        Json("$unknown").Should().Be("null");
    }

    [Test]
    public void A_function_can_be_called_by_name()
    {
        Json("call(len, [[1, 2]], {})").Should().Be("2");
        Json("call('#operator_+', [1, 2], {})").Should().Be("3");
        Json("call(range, [0], {stop => 2})").Should().Be("[0,1]");
    }
}
