using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Builds evaluators from the tokens of a Jinja text. Statements are in the other part of the class.</summary>
internal sealed partial class JinjaParser
{
    private const int MaximumNesting = 100;

    private readonly List<JinjaToken> _tokens;
    private readonly List<JinjaUnresolved> _unresolved = [];
    private int _index;
    private int _nesting;

    // A statement that opens a scope of its own is another frame; what an `if` makes conditional ends at it.
    private int _frame;
    private int _frames;
    private string? _fault;

    private JinjaParser(List<JinjaToken> tokens) => _tokens = tokens;

    private JinjaToken Current => _tokens[_index];

    /// <summary>Parses an expression that stands alone.</summary>
    /// <exception cref="ExpressionSyntaxException">The text is no expression.</exception>
    public static JinjaNode ParseExpression(string text, out string? fault)
    {
        var parser = new JinjaParser(JinjaLexer.Expression(text));
        var node = parser.ParseExpression();
        if (parser.Current.Kind != JinjaTokenKind.EndOfText)
        {
            throw parser.Unexpected("the end of the expression");
        }

        fault = parser.FindFault();
        return node;
    }

    /// <summary>The first fault that lets the text be read but never evaluated.</summary>
    private string? FindFault() => _fault ?? _unresolved.Find(static u => !u.IsConditional)?.Reason;

    private JinjaToken Next() => _tokens[_index++];

    private JinjaToken Look() => _tokens[Math.Min(_index + 1, _tokens.Count - 1)];

    private bool Skip(JinjaTokenKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }

        _index++;
        return true;
    }

    private bool SkipName(string name)
    {
        if (!Current.Is(name))
        {
            return false;
        }

        _index++;
        return true;
    }

    private JinjaToken Expect(JinjaTokenKind kind) =>
        Current.Kind == kind ? Next() : throw Unexpected(kind == JinjaTokenKind.Name ? "a name" : $"'{JinjaToken.Symbol(kind)}'");

    private void ExpectName(string name)
    {
        if (!SkipName(name))
        {
            throw Unexpected($"'{name}'");
        }
    }

    private string ExpectAnyName() => (string)Expect(JinjaTokenKind.Name).Value!;

    private ExpressionSyntaxException Unexpected(string? expected = null) => Error(
        expected is null ? $"{Current.Describe()} cannot stand here" : $"{expected} was expected, not {Current.Describe()}");

    private ExpressionSyntaxException Error(string reason) => new(Current.Position, reason);

    private void Enter()
    {
        if (++_nesting > MaximumNesting)
        {
            throw Error($"it is nested more than {MaximumNesting} deep");
        }
    }

    private JinjaNode ParseExpression(bool allowsConditional = true)
    {
        Enter();
        var node = allowsConditional ? ParseConditional() : ParseOr();
        _nesting--;
        return node;
    }

    private JinjaNode ParseConditional()
    {
        var first = _unresolved.Count;
        var node = ParseOr();
        while (SkipName("if"))
        {
            var test = ParseOr();
            var otherwise = SkipName("else") ? ParseExpression() : null;
            node = new ConditionalNode(test, node, otherwise);
            MarkConditional(first, _frame);
        }

        return node;
    }

    private void MarkConditional(int first, int frame)
    {
        for (var i = first; i < _unresolved.Count; i++)
        {
            _unresolved[i].IsConditional |= _unresolved[i].Frame == frame;
        }
    }

    /// <summary>What stands behind a constant that decides alone is left out, and what it names need not exist.</summary>
    private void MarkUnreachable(int first, JinjaNode node)
    {
        if (node is OrNode { IsDecided: true } or AndNode { IsDecided: true })
        {
            MarkConditional(first, _frame);
        }
    }

    private JinjaNode ParseOr()
    {
        var left = ParseAnd();
        while (SkipName("or"))
        {
            var first = _unresolved.Count;
            left = new OrNode(left, ParseAnd());
            MarkUnreachable(first, left);
        }

        return left;
    }

    private JinjaNode ParseAnd()
    {
        var left = ParseNot();
        while (SkipName("and"))
        {
            var first = _unresolved.Count;
            left = new AndNode(left, ParseNot());
            MarkUnreachable(first, left);
        }

        return left;
    }

    private JinjaNode ParseNot()
    {
        if (!SkipName("not"))
        {
            return ParseComparison();
        }

        Enter();
        var node = new NotNode(ParseNot());
        _nesting--;
        return node;
    }

    private JinjaNode ParseComparison()
    {
        var first = ParseSum();
        List<ComparisonPart>? parts = null;
        while (true)
        {
            var kind = Current.Kind switch
            {
                JinjaTokenKind.Equal => ComparisonKind.Equal,
                JinjaTokenKind.NotEqual => ComparisonKind.NotEqual,
                JinjaTokenKind.Less => ComparisonKind.Less,
                JinjaTokenKind.LessOrEqual => ComparisonKind.LessOrEqual,
                JinjaTokenKind.Greater => ComparisonKind.Greater,
                JinjaTokenKind.GreaterOrEqual => ComparisonKind.GreaterOrEqual,
                JinjaTokenKind.Name when Current.Is("in") => ComparisonKind.In,
                JinjaTokenKind.Name when Current.Is("not") && Look().Is("in") => ComparisonKind.NotIn,
                _ => ComparisonKind.None,
            };
            if (kind == ComparisonKind.None)
            {
                return parts is null ? first : new ComparisonNode(first, [.. parts]);
            }

            _index += kind == ComparisonKind.NotIn ? 2 : 1;
            (parts ??= []).Add(new(kind, ParseSum()));
        }
    }

    private JinjaNode ParseSum()
    {
        var left = ParseConcatenation();
        while (true)
        {
            if (Skip(JinjaTokenKind.Add))
            {
                left = new BinaryNode(left, ParseConcatenation(), JinjaOperators.Add);
            }
            else if (Skip(JinjaTokenKind.Subtract))
            {
                left = new BinaryNode(left, ParseConcatenation(), JinjaOperators.Subtract);
            }
            else
            {
                return left;
            }
        }
    }

    private JinjaNode ParseConcatenation()
    {
        var first = ParseProduct();
        if (Current.Kind != JinjaTokenKind.Concatenate)
        {
            return first;
        }

        List<JinjaNode> parts = [first];
        while (Skip(JinjaTokenKind.Concatenate))
        {
            parts.Add(ParseProduct());
        }

        return new ConcatenationNode([.. parts]);
    }

    private JinjaNode ParseProduct()
    {
        var left = ParsePower();
        while (true)
        {
            JinjaOperator? operation = Current.Kind switch
            {
                JinjaTokenKind.Multiply => JinjaOperators.Multiply,
                JinjaTokenKind.Divide => JinjaOperators.Divide,
                JinjaTokenKind.FloorDivide => JinjaOperators.FloorDivide,
                JinjaTokenKind.Modulo => JinjaOperators.Modulo,
                _ => null,
            };
            if (operation is null)
            {
                return left;
            }

            _index++;
            left = new BinaryNode(left, ParsePower(), operation);
        }
    }

    private JinjaNode ParsePower()
    {
        var left = ParseUnary(allowsFilter: true);
        while (Skip(JinjaTokenKind.Power))
        {
            left = new BinaryNode(left, ParseUnary(allowsFilter: true), JinjaOperators.Power);
        }

        return left;
    }

    private JinjaNode ParseUnary(bool allowsFilter)
    {
        JinjaNode node;
        if (Current.Kind is JinjaTokenKind.Subtract or JinjaTokenKind.Add)
        {
            var operation = Next().Kind == JinjaTokenKind.Subtract ? JinjaOperators.Negate : (JinjaUnaryOperator)JinjaOperators.Plus;
            Enter();
            node = new UnaryNode(ParseUnary(allowsFilter: false), operation);
            _nesting--;
        }
        else
        {
            node = ParsePrimary();
        }

        node = ParsePostfix(node);
        return allowsFilter ? ParseFiltersAndTests(node) : node;
    }

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

    /// <summary>A filter or test that does not exist: an error only where no condition can keep it from being reached.</summary>
    private sealed class JinjaUnresolved(string reason, int frame)
    {
        public string Reason => reason;

        public int Frame => frame;

        public bool IsConditional { get; set; }
    }
}
