namespace Mistral.Executions.Language.Jinja;

/// <content>Macros and calls with a body.</content>
internal sealed partial class JinjaParser
{
    private List<MacroParameter> ParseParameters()
    {
        Expect(JinjaTokenKind.LeftParenthesis);
        var parameters = new List<MacroParameter>();
        while (Current.Kind != JinjaTokenKind.RightParenthesis)
        {
            if (parameters.Count > 0)
            {
                Expect(JinjaTokenKind.Comma);
            }

            var name = ParseTargetName();
            var value = Skip(JinjaTokenKind.Assign) ? ParseExpression() : null;
            Require(
                value is not null || parameters.Count == 0 || parameters[^1].Default is null,
                "a parameter without a default must stand before those with one");
            if (value is null && string.Equals(name, "caller", StringComparison.Ordinal))
            {
                _fault ??= "the parameter 'caller' of a macro must have a default";
            }

            parameters.Add(new(name, value));
        }

        _index++;
        return parameters;
    }

    private MacroStatement ParseMacro()
    {
        var name = ParseTargetName();
        var outer = OpenFrame();
        var parameters = ParseParameters();
        var statement = new MacroStatement(name, ParseMacroBody(name, parameters, "endmacro"));
        _frame = outer;
        return statement;
    }

    private MacroDefinition ParseMacroBody(string? name, List<MacroParameter> parameters, string endName)
    {
        var outerFeatures = _features;
        _features = MacroFeatures.None;
        var body = ParseBodyOf(endName);
        var definition = new MacroDefinition(name, [.. parameters], _features, body);
        _features |= outerFeatures;
        return definition;
    }

    private CallStatement ParseCall()
    {
        var outer = _frame;
        var parameters = new List<MacroParameter>();
        if (Current.Kind == JinjaTokenKind.LeftParenthesis)
        {
            OpenFrame();
            parameters = ParseParameters();
            _frame = outer;
        }

        var call = ParseExpression() as CallNode ?? throw Error("a call was expected before this");
        OpenFrame();
        var caller = ParseMacroBody(null, parameters, "endcall");
        _frame = outer;
        return new(call, caller);
    }
}
