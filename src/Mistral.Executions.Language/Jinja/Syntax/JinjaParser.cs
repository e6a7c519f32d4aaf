using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Builds evaluators from the tokens of a Jinja text. Calls, filters, tests and statements are in the other parts of the class.</summary>
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

    /// <summary>A filter or test that does not exist: an error only where no condition can keep it from being reached.</summary>
    private sealed class JinjaUnresolved(string reason, int frame)
    {
        public string Reason => reason;

        public int Frame => frame;

        public bool IsConditional { get; set; }
    }
}
