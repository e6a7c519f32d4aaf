using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <content>Templates and statements.</content>
internal sealed partial class JinjaParser
{
    private readonly Dictionary<string, BlockNode> _blocks = new(StringComparer.Ordinal);
    private readonly Stack<string> _openTags = [];
    private MacroFeatures _features;

    /// <summary>Parses a template.</summary>
    /// <exception cref="ExpressionSyntaxException">The text is no template.</exception>
    public static JinjaTemplate ParseTemplate(string text, out string? fault)
    {
        var parser = new JinjaParser(JinjaLexer.Template(text));
        var body = parser.ParseBody();
        fault = parser.FindFault();
        return new(body, parser._blocks);
    }

    /// <summary>Parses up to a tag of one of the names, which becomes the current token; to the end when there are none.</summary>
    private JinjaStatement ParseBody(params ReadOnlySpan<string> endNames)
    {
        Enter();
        var parts = new List<JinjaStatement>();
        while (true)
        {
            var token = Current;
            switch (token.Kind)
            {
                case JinjaTokenKind.EndOfText:
                    if (endNames.Length > 0)
                    {
                        throw Error($"the text ends inside '{_openTags.Peek()}': {Choice(endNames)} is missing");
                    }

                    _nesting--;
                    return SequenceStatement.Of(parts);
                case JinjaTokenKind.Data:
                    _index++;
                    parts.Add(new DataStatement((string)token.Value!));
                    break;
                case JinjaTokenKind.VariableBegin:
                    _index++;
                    parts.Add(new OutputStatement(ParseTuple()));
                    Expect(JinjaTokenKind.VariableEnd);
                    break;
                default:
                    _index++;
                    if (IsOneOf(endNames))
                    {
                        _nesting--;
                        return SequenceStatement.Of(parts);
                    }

                    parts.Add(ParseStatement());
                    Expect(JinjaTokenKind.BlockEnd);
                    break;
            }
        }
    }

    private bool IsOneOf(ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Current.Is(name))
            {
                return true;
            }
        }

        return false;
    }

    private static string Choice(ReadOnlySpan<string> names) => "'{% " + string.Join(" %}' or '{% ", names.ToArray()) + " %}'";

    private JinjaStatement ParseStatement()
    {
        if (Current.Kind != JinjaTokenKind.Name)
        {
            throw Unexpected("the name of a statement");
        }

        var name = (string)Next().Value!;
        _openTags.Push(name);
        JinjaStatement statement = name switch
        {
            "if" => ParseIf(),
            "for" => ParseFor(),
            "set" => ParseSet(),
            "with" => ParseWith(),
            "macro" => ParseMacro(),
            "call" => ParseCall(),
            "filter" => ParseFilterBlock(),
            "autoescape" => ParseAutoEscape(),
            "block" => ParseBlock(),
            "print" => ParsePrint(),
            "include" => ParseInclude(),
            "extends" => new RefusedStatement(name, ParseExpression()),
            "import" => ParseImport(),
            "from" => ParseFrom(),
            _ => throw Unknown(name),
        };
        _openTags.Pop();
        return statement;
    }

    private ExpressionSyntaxException Unknown(string name)
    {
        _openTags.Pop();
        var reason = _openTags.Count == 0
            ? $"there is no statement '{name}'"
            : $"there is no statement '{name}' here; '{_openTags.Peek()}' is still open";
        return new(_tokens[_index - 1].Position, reason);
    }

    /// <summary>The body behind a tag, up to its end tag, which is read too.</summary>
    private JinjaStatement ParseBodyOf(string endName)
    {
        BeginBody();
        var body = ParseBody(endName);
        _index++;
        return body;
    }

    private JinjaStatement ParseBodyInFrame(string endName)
    {
        var outer = OpenFrame();
        var body = ParseBodyOf(endName);
        _frame = outer;
        return body;
    }

    private void BeginBody()
    {
        Skip(JinjaTokenKind.Colon);
        Expect(JinjaTokenKind.BlockEnd);
    }

    private int OpenFrame()
    {
        var outer = _frame;
        _frame = ++_frames;
        return outer;
    }

    private IfStatement ParseIf()
    {
        var first = _unresolved.Count;
        var branches = new List<KeyValuePair<JinjaNode, JinjaStatement>>();
        JinjaStatement? otherwise = null;
        while (true)
        {
            var test = ParseTuple(allowsConditional: false);
            BeginBody();
            branches.Add(new(test, ParseBody("elif", "else", "endif")));
            var tag = (string)Next().Value!;
            if (string.Equals(tag, "elif", StringComparison.Ordinal))
            {
                continue;
            }

            if (string.Equals(tag, "else", StringComparison.Ordinal))
            {
                otherwise = ParseBodyOf("endif");
            }

            MarkConditional(first, _frame);
            return new([.. branches], otherwise);
        }
    }

    private ForStatement ParseFor()
    {
        var target = ParseTarget(endName: "in");
        if (target.Names.Contains("loop", StringComparer.Ordinal))
        {
            _fault ??= "'loop' cannot be the variable of a 'for'";
        }

        ExpectName("in");
        var items = ParseTuple(allowsConditional: false, endName: "recursive");
        var outer = OpenFrame();
        var condition = SkipName("if") ? ParseExpression() : null;
        var isRecursive = SkipName("recursive");
        _frame = ++_frames;
        BeginBody();
        var body = ParseBody("endfor", "else");
        _frame = ++_frames;
        var otherwise = Next().Is("else") ? ParseBodyOf("endfor") : null;
        _frame = outer;
        return new(target, items, condition, isRecursive, body, otherwise);
    }

    private JinjaStatement ParseSet()
    {
        var target = Current.Kind == JinjaTokenKind.Name && Look().Kind == JinjaTokenKind.Dot ? ParseNamespaceTarget() : ParseTarget();
        if (Skip(JinjaTokenKind.Assign))
        {
            return new SetStatement(target, ParseTuple());
        }

        var filters = ParseFilters();
        return new SetBlockStatement(target, filters, ParseBodyInFrame("endset"));
    }

    private List<FilterNode> ParseFilters()
    {
        var filters = new List<FilterNode>();
        while (Skip(JinjaTokenKind.Pipe))
        {
            filters.Add(ParseFilter(null));
        }

        return filters;
    }

    private NamespaceTarget ParseNamespaceTarget()
    {
        var name = ExpectAnyName();
        _index++;
        return new(name, ExpectAnyName());
    }

    private JinjaTarget ParseTarget(string? endName = null)
    {
        var items = new List<JinjaTarget>();
        var isTuple = false;
        while (!(items.Count > 0 && IsTupleEnd(endName)))
        {
            items.Add(ToTarget(ParsePrimary()));
            if (!Skip(JinjaTokenKind.Comma))
            {
                break;
            }

            isTuple = true;
        }

        return isTuple ? new TupleTarget([.. items]) : items[0];
    }

    private JinjaTarget ToTarget(JinjaNode node) => node switch
    {
        NameNode name => new NameTarget(name.Name),
        TupleNode tuple => new TupleTarget([.. tuple.Items.Select(ToTarget)]),
        _ => throw Error("nothing can be assigned to what stands before this: only names can stand there"),
    };

    private string ParseTargetName()
    {
        var name = ExpectAnyName();
        return name is "true" or "false" or "none" or "True" or "False" or "None"
            ? throw Error($"nothing can be assigned to '{name}'")
            : name;
    }

    private WithStatement ParseWith()
    {
        var variables = new List<KeyValuePair<JinjaTarget, JinjaNode>>();
        while (Current.Kind != JinjaTokenKind.BlockEnd)
        {
            if (variables.Count > 0)
            {
                Expect(JinjaTokenKind.Comma);
            }

            var target = ParseTarget();
            Expect(JinjaTokenKind.Assign);
            variables.Add(new(target, ParseExpression()));
        }

        return new([.. variables], ParseBodyInFrame("endwith"));
    }

    private AutoEscapeStatement ParseAutoEscape()
    {
        var isOn = ParseExpression();
        return new(isOn, ParseBodyInFrame("endautoescape"));
    }

    private FilterStatement ParseFilterBlock()
    {
        var outer = OpenFrame();
        List<FilterNode> filters = [ParseFilter(null), .. ParseFilters()];
        var statement = new FilterStatement(filters, ParseBodyOf("endfilter"));
        _frame = outer;
        return statement;
    }

    private BlockNode ParseBlock()
    {
        var name = ExpectAnyName();
        var isScoped = SkipName("scoped");
        var isRequired = SkipName("required");
        Require(Current.Kind != JinjaTokenKind.Subtract, "the name of a block cannot contain '-'; '_' can stand there");
        var body = ParseBodyInFrame("endblock");
        Require(!isRequired || body.IsBlank, "a required block can contain only white space and comments");
        SkipName(name);
        var block = new BlockNode(name, isScoped, isRequired, body);
        if (!_blocks.TryAdd(name, block))
        {
            _fault ??= $"the block '{name}' is defined twice";
        }

        return block;
    }

    private JinjaStatement ParsePrint()
    {
        var parts = new List<JinjaStatement>();
        while (Current.Kind != JinjaTokenKind.BlockEnd)
        {
            if (parts.Count > 0)
            {
                Expect(JinjaTokenKind.Comma);
            }

            parts.Add(new OutputStatement(ParseExpression()));
        }

        return SequenceStatement.Of(parts);
    }

    private RefusedStatement ParseInclude()
    {
        var template = ParseExpression();
        if (Current.Is("ignore") && Look().Is("missing"))
        {
            _index += 2;
        }

        SkipContextClause();
        return new("include", template);
    }

    private RefusedStatement ParseImport()
    {
        var template = ParseExpression();
        ExpectName("as");
        ParseTargetName();
        SkipContextClause();
        return new("import", template);
    }

    private RefusedStatement ParseFrom()
    {
        var template = ParseExpression();
        ExpectName("import");
        var isFirst = true;
        do
        {
            if (SkipContextClause())
            {
                break;
            }

            if (!isFirst && Current.Kind == JinjaTokenKind.BlockEnd)
            {
                break;
            }

            isFirst = false;
            var name = ParseTargetName();
            Require(!name.StartsWith('_'), "a name that begins with '_' cannot be imported");
            if (SkipName("as"))
            {
                ParseTargetName();
            }

            if (SkipContextClause())
            {
                break;
            }
        }
        while (Skip(JinjaTokenKind.Comma));

        return new("import", template);
    }

    private bool SkipContextClause()
    {
        if ((!Current.Is("with") && !Current.Is("without")) || !Look().Is("context"))
        {
            return false;
        }

        _index += 2;
        return true;
    }
}
