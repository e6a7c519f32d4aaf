using static Mistral.Executions.Language.Tests.Yaql.YaqlTest;

namespace Mistral.Executions.Language.Tests.Yaql;

public sealed class YaqlFunctionTests
{
    [TestCase("$.o.where($.x = 1).select($.y)", "[\"a\",\"c\"]")]
    [TestCase("$.o.x", "[1,2,1]")]
    [TestCase("$.o.groupBy($.x, $.y).toDict($[0], $[1])", "{\"1\":[\"a\",\"c\"],\"2\":[\"b\"]}")]
    [TestCase("$.o.groupBy($.x, $.x, $.sum())", "[[1,2],[2,2]]")]
    [TestCase("$.o.orderByDescending($.x).thenByDescending($.y).y", "[\"b\",\"c\",\"a\"]")]
    [TestCase("$.l.orderBy($).take(2)", "[1,2]")]
    [TestCase("$.l.aggregate($1 * $2)", "6")]
    [TestCase("$.l.accumulate($1 + $2, 10)", "[10,13,14,16]")]
    [TestCase("$.l.max() - $.l.min()", "2")]
    [TestCase("[1, 2, 3, 4].splitWhere($ mod 3 = 0)", "[[1,2],[4]]")]
    [TestCase("[1, 1, 2].sliceWhere($)", "[[1,1],[2]]")]
    [TestCase("range(5).slice(2)", "[[0,1],[2,3],[4]]")]
    [TestCase("[1, [2, [3]]].flatten()", "[1,2,3]")]
    [TestCase("[1, 2].zip([3, 4])", "[[1,3],[2,4]]")]
    [TestCase("[1].zipLongest([3, 4], default => 0)", "[[1,3],[0,4]]")]
    [TestCase("[1, 2].join([2, 3], $1 < $2, [$1, $2])", "[[1,2],[1,3],[2,3]]")]
    [TestCase("generate(1, $ < 20, $ * 3)", "[1,3,9]")]
    [TestCase("generateMany(1, {1 => [2, 3], 2 => [4]}.get($, []))", "[1,2,3,4]")]
    [TestCase("generateMany(1, {1 => [2, 3], 2 => [4]}.get($, []), depthFirst => true)", "[1,2,4,3]")]
    [TestCase("{a => 1, l => [1]}.mergeWith({a => 2, l => [1, 2]})", "{\"a\":2,\"l\":[1,2]}")]
    [TestCase("[].defaultIfEmpty([1])", "[1]")]
    [TestCase("$.d.keys().toList().orderBy($)", "[\"a\",\"b\"]")]
    [TestCase("set(1, 2, 2).len()", "2")]
    [TestCase("selectAllCases(true, false, 1)", "[0,2]")]
    public void Queries_give_what_they_say(string expression, string json) => Json(expression).Should().Be(json);

    [TestCase("7 / 2", "3")]
    [TestCase("-7 / 2", "-4")]
    [TestCase("7 / 2.0", "3.5")]
    [TestCase("-7 mod 3", "2")]
    [TestCase("round(2.5)", "2.0")]
    [TestCase("pow(2, 100)", "1267650600228229401496703205376")]
    [TestCase("bitwiseXor(6, 3)", "5")]
    [TestCase("shiftBitsLeft(1, 70)", "1180591620717411303424")]
    [TestCase("hex(-255)", "\"-0xff\"")]
    [TestCase("int('12') + int(null)", "12")]
    [TestCase("1 = 1.0 and 1 = true", "true")]
    public void Numbers_follow_python(string expression, string json) => Json(expression).Should().Be(json);

    [TestCase("str([1, 'a', null, 1.5])", "(1, 'a', None, 1.5)")]
    [TestCase("str(true) + str(null)", "truenull")]
    [TestCase("$.l", "[3, 1, 2]")]
    [TestCase("['a', 'b'].join('-') + '-'.join(['c'])", "a-bc")]
    [TestCase("'abc'.substring(-2)", "bc")]
    [TestCase("'a1b22'.replace(regex('\\\\d+'), '<\\\\g<0>>')", "a<1>b<22>")]
    [TestCase("regex('(.)(\\\\d)').searchAll('a1 b2', $2.value + $3.value)", "['a1', 'b2']")]
    [TestCase("'a,b;c'.split(regex('[,;]'))", "['a', 'b', 'c']")]
    [TestCase("'Straße'.toUpper()", "STRASSE")]
    public void Texts_follow_python(string expression, string text) => Text(expression).Should().Be(text);

    [TestCase("datetime('2026-02-03T04:05:06+02:00').format('%d.%m.%Y %H:%M %z')", "03.02.2026 04:05 +0200")]
    [TestCase("datetime('3 Feb 2026, 4:05 pm')", "2026-02-03 16:05:00+00:00")]
    [TestCase("datetime('03/02/26', '%d/%m/%y')", "2026-02-03 00:00:00+00:00")]
    [TestCase("datetime(2026, 1, 31) + timespan(days => 1)", "2026-02-01 00:00:00+00:00")]
    [TestCase("(datetime(2026, 3, 1) - datetime(2026, 2, 1)).days", "28.0")]
    [TestCase("now()", "2026-03-04 05:06:07+00:00")]
    [TestCase("now() - timespan(hours => 6)", "2026-03-03 23:06:07+00:00")]
    [TestCase("timespan(days => 1, seconds => 90) * 2", "2 days, 0:03:00")]
    public void Times_are_read_computed_and_written(string expression, string text) => Text(expression).Should().Be(text);

    [TestCase("env().host", "\"vm\"")]
    [TestCase("execution().id", "\"execution-1\"")]
    [TestCase("executions(state => ERROR, fromTime => '2026')", "[[null,null,\"ERROR\",\"2026\",null]]")]
    [TestCase("task().name", "\"current\"")]
    [TestCase("task(t1).result + 1", "8")]
    [TestCase("tasks(abc, recursive => true)", "[[\"abc\",true,null,false]]")]
    [TestCase("global(region)", "\"north\"")]
    [TestCase("uuid()", "\"01234567-89ab-7cde-8f01-23456789abcd\"")]
    [TestCase("json_parse('{\"a\": [1.0]}').a", "[1.0]")]
    [TestCase("json_dump({a => 1})", "\"{\\n    \\\"a\\\": 1\\n}\"")]
    [TestCase("yaml_parse('a: [1, yes]').a", "[1,true]")]
    [TestCase("yaml_dump({b => 1, a => x})", "\"a: x\\nb: 1\\n\"")]
    public void Mistral_s_functions_ask_the_context(string expression, string json) => Language.Yaql.YaqlExpression.Parse(expression)
        .Evaluate(new TestVariables("{}") { Environment = JsonData.Parse("""{"host": "vm"}""") })
        .ToString().Should().Be(json);

    [TestCase("$.d.items()", "unhashable")]
    [TestCase("[].first()", "empty")]
    [TestCase("$.o.single()", "more than one")]
    [TestCase("1.assert($ > 1, 'too small')", "too small")]
    [TestCase("$.d.nothing", "nothing")]
    [TestCase("$.l[3]", "out of range")]
    [TestCase("'a' =~ '('", "regular expression")]
    [TestCase("datetime('no time')", "no time")]
    [TestCase("timespan(days => 1)", "timespan")]
    [TestCase("let(a => 1)", "Context")]
    public void An_error_says_what_is_wrong(string expression, string part) => Failure(expression).Should().Contain(part);
}
