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
    public void What_would_take_for_ever_or_fill_the_memory_ends_with_an_error(string expression) =>
        Failure(expression).Should().NotBeEmpty();

    [Test]
    public void A_pattern_that_needs_no_backtracking_has_no_bad_text() => Json("('a' * 5000 + '!') =~ '(a+)+$'").Should().Be("false");
}
