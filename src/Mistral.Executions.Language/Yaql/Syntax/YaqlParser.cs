using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Syntax;

/// <summary>Builds the tree of a YAQL text. Operators bind as in YAQL's own table.</summary>
internal ref struct YaqlParser
{
    private const int MaximumNesting = 200;

    // Tightest first, as the rows of the table; a larger number binds tighter here.
    private const int DotPower = 110;
    private const int IndexPower = 100;
    private const int SignPower = 90;
    private const int NotPower = 40;
    private const int ArrowPower = 10;

    private readonly string _text;
    private YaqlLexer _lexer;
    private YaqlToken _token;
    private int _nesting;

    private YaqlParser(string text)
    {
        _text = text;
        _lexer = new(text);
        _token = _lexer.Next();
    }

    /// <summary>Parses a text whole.</summary>
    /// <exception cref="ExpressionSyntaxException">The text is no YAQL.</exception>
    internal static YaqlNode Parse(string text)
    {
        try
        {
            var parser = new YaqlParser(text);
            var node = parser.Expression(0);
            return parser._token.Kind == YaqlTokenKind.End ? node : throw parser.Unexpected();
        }
        catch (PythonErrorException error)
        {
            // A constant of more digits than an integer may have.
            throw new ExpressionSyntaxException(0, error.Message);
        }
    }

    private YaqlNode Expression(int power)
    {
        if (++_nesting > MaximumNesting)
        {
            throw new ExpressionSyntaxException(_token.Position, $"the expression is nested more than {MaximumNesting} deep");
        }

        var left = Operand();
        while (true)
        {
            if (_token.Kind == YaqlTokenKind.OpenSquare && IndexPower > power)
            {
                Advance();
                left = new YaqlCallNode("#indexer", isNamed: false, [left, .. Arguments(YaqlTokenKind.CloseSquare)]);
                continue;
            }

            var (name, binding, isRight) = _token.Kind == YaqlTokenKind.Operator ? Binary(_token.Text) : default;
            if (name is null || binding <= power)
            {
                _nesting--;
                return left;
            }

            Advance();
            left = new YaqlCallNode(name, isNamed: false, left, Expression(isRight ? binding - 1 : binding));
        }
    }

    private YaqlNode Operand()
    {
        var token = _token;
        switch (token.Kind)
        {
            case YaqlTokenKind.Constant:
                Advance();
                return new YaqlConstantNode(token.Value, isKeyword: false);
            case YaqlTokenKind.Keyword:
                Advance();
                return new YaqlConstantNode(token.Text, isKeyword: true);
            case YaqlTokenKind.Variable:
                Advance();
                return new YaqlVariableNode(token.Text);
            case YaqlTokenKind.Function:
                Advance();
                return new YaqlCallNode(token.Text, isNamed: true, [.. Arguments(YaqlTokenKind.CloseRound)]);
            case YaqlTokenKind.OpenRound:
                Advance();
                var inner = Expression(0);
                Expect(YaqlTokenKind.CloseRound);
                return new YaqlGroupNode(inner);
            case YaqlTokenKind.OpenSquare:
                Advance();
                return new YaqlCallNode("#list", isNamed: false, [.. Arguments(YaqlTokenKind.CloseSquare)]);
            case YaqlTokenKind.OpenCurly:
                Advance();
                return new YaqlCallNode("#map", isNamed: false, [.. Arguments(YaqlTokenKind.CloseCurly)]);
            case YaqlTokenKind.Operator when token.Text is "+" or "-":
                Advance();
                return new YaqlCallNode(token.Text == "+" ? "#unary_operator_+" : "#unary_operator_-", isNamed: false, Expression(SignPower));
            case YaqlTokenKind.Operator when token.Text is "not":
                Advance();
                return new YaqlCallNode("#unary_operator_not", isNamed: false, Expression(NotPower));
            default:
                throw Unexpected();
        }
    }

    /// <summary>
    /// Arguments up to the bracket that closes them: values, then named ones. A comma without a value before it leaves an
    /// argument out.
    /// </summary>
    private List<YaqlNode?> Arguments(YaqlTokenKind close)
    {
        var arguments = new List<YaqlNode?>();
        if (_token.Kind == close)
        {
            Advance();
            return arguments;
        }

        var (leftOut, isNamed) = (LeftOut(), false);
        var mayStartNames = leftOut == 0;
        while (true)
        {
            var value = Expression(0);
            if (_token.Kind == YaqlTokenKind.Mapping && (isNamed || mayStartNames))
            {
                Advance();
                value = new YaqlMappingNode(value, Expression(0));
                isNamed = true;
            }
            else if (isNamed)
            {
                throw Unexpected();
            }

            arguments.AddRange(new YaqlNode?[leftOut]);
            arguments.Add(value);
            if (_token.Kind == close)
            {
                Advance();
                return arguments;
            }

            Expect(YaqlTokenKind.Comma);
            leftOut = isNamed ? 0 : LeftOut();
            mayStartNames = leftOut <= 1;
        }
    }

    private int LeftOut()
    {
        var count = 0;
        while (_token.Kind == YaqlTokenKind.Comma)
        {
            Advance();
            count++;
        }

        return count;
    }

    private static (string? Name, int Power, bool IsRight) Binary(string symbol) => symbol switch
    {
        "." => ("#operator_.", DotPower, false),
        "?." => ("#operator_?.", DotPower, false),
        "=~" => ("#operator_=~", 80, false),
        "!~" => ("#operator_!~", 80, false),
        "*" => ("#operator_*", 70, false),
        "/" => ("#operator_/", 70, false),
        "mod" => ("#operator_mod", 70, false),
        "+" => ("#operator_+", 60, false),
        "-" => ("#operator_-", 60, false),
        ">" => ("#operator_>", 50, false),
        "<" => ("#operator_<", 50, false),
        ">=" => ("#operator_>=", 50, false),
        "<=" => ("#operator_<=", 50, false),
        "!=" => ("*not_equal", 50, false),
        "=" => ("*equal", 50, false),
        "in" => ("#operator_in", 50, false),
        "and" => ("#operator_and", 30, false),
        "or" => ("#operator_or", 20, false),
        "->" => ("#operator_->", ArrowPower, true),
        _ => default,
    };

    private void Advance() => _token = _lexer.Next();

    private void Expect(YaqlTokenKind kind)
    {
        if (_token.Kind != kind)
        {
            throw Unexpected();
        }

        Advance();
    }

    private readonly ExpressionSyntaxException Unexpected() => _token.Kind == YaqlTokenKind.End
        ? new(_text.Length, "the expression ends too early: a value or a closing bracket is missing")
        : new(_token.Position, $"'{_token.Text}' is unexpected at this place");
}
