using Mistral.Executions.Language.Jinja;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Tests.Jinja;

/// <summary>Whatever a text says, it gives a value or one of the two errors.</summary>
internal sealed class MutationTests
{
    private static readonly string[] Seeds =
    [
        "{{ _.a.b + 1 }}",
        "{{ _.l|selectattr('x', '>', 1)|map(attribute='y')|join(', ') }}",
        "a\n  {% for i, j in _.d.items() if i %}{{ loop.index }}{{ j|default('x', true) }}{% else %}none{% endfor %}\n",
        "{% macro m(a, b=2, *c) %}{{ caller(a) }}{% endmacro %}{% call(x) m(1, **{'b': 3}) %}{{ x[1:2:-1] }}{% endcall %}",
        "{% set ns = namespace(x=1) %}{% set ns.x = ns.x ~ 'é' %}{% filter upper|trim %}{{ ns.x }}{% endfilter %}",
        "{%- raw -%} {{ x }} {%+ endraw %}{# remark #}{% autoescape true %}{{ '<%s>' % _.s }}{% endautoescape %}",
        "{{ '{0:>5}{a!r}'.format(1.5, a=[1, (2,), {'k': none}]) if 1 < 2 <= 3 is not in [4] else not true }}",
    ];

    private static readonly string[] Parts =
    [
        "{{", "}}", "{%", "%}", "{#", "-", "|", ".", "(", ")", "[", "]", "{", "}", ",", ":", "=", "~", "**", "//", "\n", "\"", "'", "\\",
        "1", "999999999999999999999", "_", " if ", " in ", " is ", " not ", "endfor", "loop", "range(99999)", "*1000000", "é", "𝒳", "|list", "|sort", "|pprint",
    ];

    [Test]
    public void A_changed_text_gives_a_value_or_an_error_of_an_expression()
    {
        var watch = new MutationWatch(fewTexts: 5_000);
        var random = new Random(watch.Seed);
        var context = new VariableContext(JsonData.Parse("""{"a": {"b": 1}, "l": [{"x": 2, "y": "é"}], "d": {"k": null}, "s": "<"}""").AsObject());
        var outcomes = new HashSet<string>();
        for (var i = 0; i < watch.Count; i++)
        {
            var text = Mutate(random);
            outcomes.Add(watch.Run(text, () => OutcomeOf(text, context)));
        }

        watch.Finish();
        outcomes.Should().BeEquivalentTo("value", "syntax", "evaluation");
    }

    private static string OutcomeOf(string text, VariableContext context)
    {
        try
        {
            JinjaExpression.Parse(text).Evaluate(context);
            return "value";
        }
        catch (ExpressionSyntaxException)
        {
            return "syntax";
        }
        catch (ExpressionException)
        {
            return "evaluation";
        }
    }

    private static string Mutate(Random random)
    {
        var text = Seeds[random.Next(Seeds.Length)];
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var place = random.Next(text.Length + 1);
            text = random.Next(4) switch
            {
                0 => text.Insert(place, Parts[random.Next(Parts.Length)]),
                1 => text.Remove(place, Math.Min(1, text.Length - place)),
                2 => text.Insert(place, text[..random.Next(text.Length + 1)]),
                _ => text[..place] + Seeds[random.Next(Seeds.Length)][^random.Next(1, 15)..],
            };
        }

        return text;
    }
}
