using System.Text;
using Mistral.Executions.Language.Inline;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Tests.Yaql;

public sealed class YaqlFuzzTests
{
    private static readonly string[] Seeds =
    [
        "$.o.where($.x > 1).select($.y)",
        "let(a => 1, b => [2, 3]) -> $b.select($ + $a).sum()",
        "switch($.n < 1 => 'x', true => {a => $.n * 2.5})",
        "regex('(a|b)+').searchAll($.s, $.start) + $.l.orderBy(-$).take(2)",
        "datetime('2026-01-02').format('%Y') + str(timespan(days => 1) / 3)",
        "$.o.groupBy($.x, $.y, $.join(',')).toDict($[0], $[1])",
        "def(f, switch($ < 1 => 0, true => f($ - 1))) -> f(5) + pow(2, 70) mod 7",
        "'%s-%s'.replace('%s', \"\\x41\\u00e9\", 1).substring(1, -1).toUpper()",
        "json_parse(json_dump($.d)).b?.c in set(1, 2) or not $.l.any($ = 3)",
        "range(10).zip($.l.cycle()).selectMany($).distinct().reverse().len()",
    ];

    private static readonly string[] Fragments =
    [
        "(", ")", "[", "]", "{", "}", ",", "=>", "->", ".", "?.", "$", "$1", "'", "\"", "`", "\\", " not ", " and ", " in ", "1", "2.5",
        "-", "*", "/", "=~", "null", "true", "len(", "select(", "range(99999999)", "'a' * 9999999", "\ud800", "é", "😀", "\0", "\n",
    ];

    [Test]
    public void Mutated_texts_give_a_value_a_syntax_error_or_an_expression_error()
    {
        var watch = new MutationWatch(fewTexts: 20_000);
        var random = new Random(watch.Seed);
        var variables = new TestVariables(YaqlTest.Data);
        var outcomes = new HashSet<string>();
        for (var i = 0; i < watch.Count; i++)
        {
            var text = $"<%{Mutate(Seeds[random.Next(Seeds.Length)], random)}%>";
            outcomes.Add(watch.Run(text, () => OutcomeOf(text, variables)));
        }

        watch.Finish();
        outcomes.Should().BeEquivalentTo("value", "syntax", "evaluation");
    }

    private static string OutcomeOf(string text, TestVariables variables)
    {
        try
        {
            InlineExpression.Compile(text).Evaluate(variables);
            return "value";
        }
        catch (ExpressionSyntaxException error)
        {
            error.Position.Should().BeInRange(0, text.Length);
            return "syntax";
        }
        catch (ExpressionException)
        {
            return "evaluation";
        }
    }

    private static string Mutate(string seed, Random random)
    {
        var text = new StringBuilder(seed);
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var place = random.Next(text.Length + 1);
            switch (random.Next(3))
            {
                case 0:
                    text.Insert(place, Fragments[random.Next(Fragments.Length)]);
                    break;
                case 1:
                    text.Remove(place, Math.Min(text.Length - place, random.Next(1, 6)));
                    break;
                default:
                    var other = Seeds[random.Next(Seeds.Length)];
                    var from = random.Next(other.Length);
                    text.Insert(place, other.AsSpan(from, Math.Min(other.Length - from, random.Next(1, 12))));
                    break;
            }
        }

        return text.ToString();
    }
}
