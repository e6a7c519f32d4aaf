namespace Mistral.Executions.Language.Jinja;

/// <content>Calls, filters and tests.</content>
internal sealed partial class JinjaParser
{
    private ArgumentNodes ParseArguments()
    {
        Enter();
        Expect(JinjaTokenKind.LeftParenthesis);
        var positional = new List<JinjaNode>();
        var named = new List<KeyValuePair<string, JinjaNode>>();
        JinjaNode? others = null;
        JinjaNode? namedOthers = null;
        while (Current.Kind != JinjaTokenKind.RightParenthesis)
        {
            if (Current.Kind == JinjaTokenKind.Multiply)
            {
                Require(others is null && namedOthers is null, "'*' must stand once, before '**'");
                _index++;
                others = ParseExpression();
            }
            else if (Current.Kind == JinjaTokenKind.Power)
            {
                Require(namedOthers is null, "'**' must stand once");
                _index++;
                namedOthers = ParseExpression();
            }
            else if (Current.Kind == JinjaTokenKind.Name && Look().Kind == JinjaTokenKind.Assign)
            {
                Require(namedOthers is null, "an argument by name must stand before '**'");
                var name = (string)Current.Value!;
                _index += 2;
                if (named.Exists(n => string.Equals(n.Key, name, StringComparison.Ordinal)))
                {
                    _fault ??= $"the argument '{name}' is given twice";
                }

                named.Add(new(name, ParseExpression()));
            }
            else
            {
                Require(
                    others is null && namedOthers is null && named.Count == 0,
                    "an argument by place must stand before those by name, '*' and '**'");
                positional.Add(ParseExpression());
            }

            if (Current.Kind != JinjaTokenKind.RightParenthesis)
            {
                Expect(JinjaTokenKind.Comma);
            }
        }

        _index++;
        _nesting--;
        return ArgumentNodes.Create([.. positional], [.. named], others, namedOthers);
    }

    private void Require(bool holds, string reason)
    {
        if (!holds)
        {
            throw Error(reason);
        }
    }

    /// <summary>The filter whose name comes next, over a node; over the text of its block when there is none.</summary>
    private FilterNode ParseFilter(JinjaNode? node)
    {
        var name = ParseDottedName();
        var arguments = Current.Kind == JinjaTokenKind.LeftParenthesis ? ParseArguments() : ArgumentNodes.None;
        var filter = JinjaFilters.Find(name);
        if (filter is null)
        {
            _unresolved.Add(new($"there is no filter '{name}'", _frame));
        }

        return new(node, name, filter, arguments);
    }

    private JinjaNode ParseTest(JinjaNode node)
    {
        _index++;
        var isNegated = SkipName("not");
        var name = ParseDottedName();
        ArgumentNodes arguments;
        if (Current.Kind == JinjaTokenKind.LeftParenthesis)
        {
            arguments = ParseArguments();
        }
        else if (BeginsTestArgument())
        {
            Require(!Current.Is("is"), "tests with 'is' cannot follow each other");
            arguments = ArgumentNodes.Create([ParsePostfix(ParsePrimary())], [], null, null);
        }
        else
        {
            arguments = ArgumentNodes.None;
        }

        var test = JinjaTests.Find(name);
        if (test is null)
        {
            _unresolved.Add(new($"there is no test '{name}'", _frame));
        }

        node = new TestNode(node, name, test, arguments);
        return isNegated ? new NotNode(node) : node;
    }

    private bool BeginsTestArgument() => Current.Kind switch
    {
        JinjaTokenKind.Name => !Current.Is("else") && !Current.Is("or") && !Current.Is("and"),
        JinjaTokenKind.String or JinjaTokenKind.Integer or JinjaTokenKind.Float => true,
        JinjaTokenKind.LeftBracket or JinjaTokenKind.LeftBrace => true,
        _ => false,
    };

    private string ParseDottedName()
    {
        var name = ExpectAnyName();
        while (Skip(JinjaTokenKind.Dot))
        {
            name += "." + ExpectAnyName();
        }

        return name;
    }
}
