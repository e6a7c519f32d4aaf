using static Mistral.Executions.Language.Tests.Yaql.YaqlTest;

namespace Mistral.Executions.Language.Tests.Yaql;

public sealed class YaqlLimitTests
{
    [TestCase("range(1000000000)")]
    [TestCase("range(1000000000).len()")]
    [TestCase("sequence().select($ + 1)")]
    [TestCase("[1].cycle().toList()")]
    [TestCase("1.repeat().toSet()")]
    [TestCase("range(100000).select(range(100000).select($).len())")]
    [TestCase("range(1000000000).where($ < 0)")]
    [TestCase("generate(1, true, $)")]
    [TestCase("'a' * 1000000000")]
    [TestCase("[1] * 1000000000")]
    [TestCase("range(100000).aggregate($1 + $1, 'a')")]
    [TestCase("range(100000).aggregate($1 * $1, 3)")]
    [TestCase("pow(3, 1000000000)")]
    [TestCase("shiftBitsLeft(1, 1000000000)")]
    [TestCase("range(100000).aggregate([$1], [])")]
    [TestCase("range(100000).aggregate($1.select($), [1])")]
    [TestCase("def(f, f($) + f($)) -> f(1)")]
    [TestCase("('a' * 40 + '!') =~ '(?=a)(a+)+$'")]
    [TestCase("range(100000).select(regex(str($))).len()")]
    [TestCase("range(100000).select(datetime('2026-01-02T03:04:05')).len()")]
    [TestCase("range(100000).select(yaml_parse('[1]')).len()")]
    [TestCase("range(100000).aggregate($1 + [$2], [])")]
    [TestCase("range(100000).aggregate($1.append($2), [])")]
    [TestCase("range(100000).aggregate($1.insert(0, $2), [])")]
    [TestCase("range(100000).aggregate($1.set($2, $2), {})")]
    [TestCase("range(100000).aggregate($1 * 3, 3)")]
    [TestCase("range(200000).orderBy($)")]
    [TestCase("range(1000).join(range(1000), $1 = $2, [$1, $2])")]
    [TestCase("let(a => 'a' * 100000, b => 'a' * 100000) -> range(50000).select($a = $b).len()")]
    [TestCase("let(a => 'a' * 100000) -> range(50000).select($a.len()).len()")]
    [TestCase("let(a => 'a' * 100000) -> range(50000).select($a.substring(0, 1)).len()")]
    [TestCase("let(a => 'a' * 100000) -> range(50000).select($a.startsWith($a)).len()")]
    [TestCase("let(a => '1' * 4000) -> range(50000).select(int($a)).len()")]
    [TestCase("let(a => '1' * 30000) -> range(50000).select(float($a)).len()")]
    [TestCase("let(a => pow(9, 9000)) -> range(50000).select($a / 7).len()")]
    [TestCase("let(a => pow(9, 9000)) -> range(50000).select($a mod 7).len()")]
    [TestCase("let(a => '1' * 4000) -> range(50000).select(yaml_parse($a)).len()")]
    [TestCase("let(d => {('a' * 100000) => 1}, a => 'a' * 100000) -> range(50000).select($d.get($a)).len()")]
    [TestCase("('a' * 100000).trim('b' * 100000)")]
    [TestCase("('é' * 5000000).toUpper().len()")]
    public void What_would_take_for_ever_or_fill_the_memory_ends_with_an_error(string expression) =>
        Failure(expression).Should().MatchRegex("takes more|takes longer|makes|nested");

    [Test]
    public void A_pattern_that_needs_no_backtracking_has_no_bad_text() => Json("('a' * 5000 + '!') =~ '(a+)+$'").Should().Be("false");

    [TestCase("range(10000).orderBy($ * 7919 mod 10007).toList().len()", "10000")]
    [TestCase("range(10000).select(str($ * 7919 mod 10007)).orderBy($).toList().len()", "10000")]
    [TestCase("range(10000).toDict($, str($)).len()", "10000")]
    [TestCase("range(10000).groupBy($ mod 10).toList().len()", "10")]
    [TestCase("range(10000).select(str($)).join(',').len()", "48889")]
    [TestCase("(range(10000).toList() + range(10000).toList()).distinct().toList().len()", "10000")]
    [TestCase("range(10000).where($ mod 2 = 0).select({k => $, v => str($)}).toList().len()", "5000")]
    [TestCase("json_parse(json_dump(range(10000))).len()", "10000")]
    [TestCase("range(300).select(regex(str($)).matches('299')).where($).toList().len()", "5")]
    public void What_ten_thousand_items_need_is_there(string expression, string json) => Json(expression).Should().Be(json);

    [TestCaseSource(nameof(Costly))]
    public void What_is_given_up_has_not_filled_the_memory(string expression)
    {
        Failure(expression);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Failure(expression);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(256L << 20);
    }

    private static IEnumerable<string> Costly() =>
    [
        "'a' * 1000000000",
        "[1] * 1000000000",
        "[[1] * 1000] * 1000000",
        "range(100000).aggregate($1 + $1, [1])",
        "range(100000).aggregate($1 + $1, 'a')",
        "range(100000).aggregate([$1, $1], [])",
        "range(100000).aggregate($1 + {$2 => $1}, {})",
        "range(100000).aggregate($1.select($), [1])",
        "range(100000).select([$] * 1000)",
        "range(100000).select('a' * 1000).join(',')",
        "range(100000).select(regex(str($)))",
        "range(100000).select(yaml_parse('[1, {a: b}]'))",
        "json_parse('[' + '[],' * 3000000 + '1]')",
    ];
}
