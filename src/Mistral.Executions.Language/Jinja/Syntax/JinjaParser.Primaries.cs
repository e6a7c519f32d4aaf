using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <content>Names, literals, and what follows them.</content>
internal sealed partial class JinjaParser
{
    private JinjaNode ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case JinjaTokenKind.Name:
                _index++;
                return (string)token.Value! switch
                {
                    "true" or "True" => new ConstantNode(PythonOperations.True),
                    "false" or "False" => new ConstantNode(PythonOperations.False),
                    "none" or "None" => new ConstantNode(null),
                    var name => NewName(name),
                };
            case JinjaTokenKind.String:
                return ParseText();
            case JinjaTokenKind.Integer or JinjaTokenKind.Float:
                _index++;
                return new ConstantNode(token.Value);
            case JinjaTokenKind.LeftParenthesis:
                _index++;
                var inner = ParseTuple(isInParentheses: true);
                Expect(JinjaTokenKind.RightParenthesis);
                return inner;
            case JinjaTokenKind.LeftBracket:
                return ParseList();
            case JinjaTokenKind.LeftBrace:
                return ParseDictionary();
            default:
                throw Unexpected();
        }
    }

    private NameNode NewName(string name)
    {
        _features |= name switch
        {
            "caller" => MacroFeatures.Caller,
            "varargs" => MacroFeatures.Arguments,
            "kwargs" => MacroFeatures.NamedArguments,
            _ => MacroFeatures.None,
        };
        return new(name);
    }

    private ConstantNode ParseText()
    {
        var text = (string)Next().Value!;
        while (Current.Kind == JinjaTokenKind.String)
        {
            text += (string)Next().Value!;
        }

        return new(text);
    }

    /// <summary>One expression, or several between commas, which are a tuple.</summary>
    private JinjaNode ParseTuple(bool allowsConditional = true, string? endName = null, bool isInParentheses = false)
    {
        var items = new List<JinjaNode>();
        var isTuple = false;
        while (true)
        {
            if (items.Count > 0)
            {
                Expect(JinjaTokenKind.Comma);
            }

            if (IsTupleEnd(endName))
            {
                break;
            }

            items.Add(ParseExpression(allowsConditional));
            if (Current.Kind != JinjaTokenKind.Comma)
            {
                break;
            }

            isTuple = true;
        }

        if (isTuple || (items.Count == 0 && isInParentheses))
        {
            return new TupleNode([.. items]);
        }

        return items.Count == 1 ? items[0] : throw Unexpected("an expression");
    }

    private bool IsTupleEnd(string? endName) =>
        Current.Kind is JinjaTokenKind.VariableEnd or JinjaTokenKind.BlockEnd or JinjaTokenKind.RightParenthesis
        || (endName is not null && Current.Is(endName));

    private ListNode ParseList()
    {
        Expect(JinjaTokenKind.LeftBracket);
        var items = new List<JinjaNode>();
        while (Current.Kind != JinjaTokenKind.RightBracket)
        {
            items.Add(ParseExpression());
            if (Current.Kind != JinjaTokenKind.RightBracket)
            {
                Expect(JinjaTokenKind.Comma);
            }
        }

        _index++;
        return new([.. items]);
    }

    private DictionaryNode ParseDictionary()
    {
        Expect(JinjaTokenKind.LeftBrace);
        var entries = new List<KeyValuePair<JinjaNode, JinjaNode>>();
        while (Current.Kind != JinjaTokenKind.RightBrace)
        {
            var key = ParseExpression();
            Expect(JinjaTokenKind.Colon);
            entries.Add(new(key, ParseExpression()));
            if (Current.Kind != JinjaTokenKind.RightBrace)
            {
                Expect(JinjaTokenKind.Comma);
            }
        }

        _index++;
        return new([.. entries]);
    }

    private JinjaNode ParsePostfix(JinjaNode node)
    {
        while (true)
        {
            switch (Current.Kind)
            {
                case JinjaTokenKind.Dot:
                    node = ParseMember(node);
                    break;
                case JinjaTokenKind.LeftBracket:
                    node = ParseSubscript(node);
                    break;
                case JinjaTokenKind.LeftParenthesis:
                    node = new CallNode(node, ParseArguments());
                    break;
                default:
                    return node;
            }
        }
    }

    private JinjaNode ParseFiltersAndTests(JinjaNode node)
    {
        while (true)
        {
            if (Current.Kind == JinjaTokenKind.Pipe)
            {
                _index++;
                node = ParseFilter(node);
            }
            else if (Current.Is("is"))
            {
                node = ParseTest(node);
            }
            else if (Current.Kind == JinjaTokenKind.LeftParenthesis)
            {
                node = new CallNode(node, ParseArguments());
            }
            else
            {
                return node;
            }
        }
    }

    private JinjaNode ParseMember(JinjaNode node)
    {
        _index++;
        switch (Current.Kind)
        {
            case JinjaTokenKind.Name:
                return AttributeNode.Create(node, (string)Next().Value!);
            case JinjaTokenKind.Integer:
                return new SubscriptNode(node, new ConstantNode(Next().Value));
            default:
                throw Unexpected("a name or a number");
        }
    }

    private SubscriptNode ParseSubscript(JinjaNode node)
    {
        _index++;
        var parts = new List<JinjaNode>();
        while (Current.Kind != JinjaTokenKind.RightBracket)
        {
            if (parts.Count > 0)
            {
                Expect(JinjaTokenKind.Comma);
            }

            parts.Add(ParseIndexOrSlice());
        }

        _index++;
        return new(node, parts.Count == 1 ? parts[0] : new TupleNode([.. parts]));
    }

    private JinjaNode ParseIndexOrSlice()
    {
        JinjaNode? start = null;
        if (Current.Kind != JinjaTokenKind.Colon)
        {
            start = ParseExpression();
            if (Current.Kind != JinjaTokenKind.Colon)
            {
                return start;
            }
        }

        _index++;
        var stop = IsSlicePartMissing() ? null : ParseExpression();
        var step = Skip(JinjaTokenKind.Colon) && !IsSlicePartMissing() ? ParseExpression() : null;
        return new SliceNode(start, stop, step);
    }

    private bool IsSlicePartMissing() =>
        Current.Kind is JinjaTokenKind.Colon or JinjaTokenKind.RightBracket or JinjaTokenKind.Comma;
}
