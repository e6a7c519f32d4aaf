namespace Mistral.Executions.Language.Jinja;

internal delegate object? JinjaFunctionBody(JinjaScope scope, JinjaArguments arguments);

/// <summary>A filter, test, method or function that the language has.</summary>
internal sealed class JinjaFunction
{
    private readonly JinjaFunctionBody _body;

    private JinjaFunction(string name, JinjaFunctionBody body) => (Name, _body) = (name, body);

    internal string Name { get; }

    /// <summary>A function of parameters, to which the body finds the values in order.</summary>
    internal static JinjaFunction Of(string name, string parameters, Func<JinjaScope, object?[], object?> body)
    {
        var signature = JinjaSignature.Parse(parameters);
        return new(name, (scope, arguments) => body(scope, signature.Bind(name, arguments)));
    }

    /// <summary>A function that takes its arguments as they come.</summary>
    internal static JinjaFunction Free(string name, JinjaFunctionBody body) => new(name, body);

    internal object? Call(JinjaScope scope, in JinjaArguments arguments)
    {
        scope.Budget.Step();
        return _body(scope, arguments);
    }
}
