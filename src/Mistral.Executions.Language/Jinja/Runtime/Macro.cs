using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>A macro that can be called; it sees the variables around its definition.</summary>
internal sealed class Macro(MacroDefinition definition, JinjaScope outer) : JinjaCallable, IJinjaMembers
{
    internal override string TypeName => "Macro";

    private bool TakesCaller => definition.Features.HasFlag(MacroFeatures.Caller);

    internal override string Represent(EvaluationBudget budget) => definition.Name is null ? "<Macro anonymous>" : $"<Macro '{definition.Name}'>";

    internal override object? Call(JinjaScope scope, JinjaArguments arguments)
    {
        var inner = outer.Inner();
        Bind(inner, arguments);
        var text = definition.Body.Render(inner);
        return scope.Written(text);
    }

    public object? Attribute(string name, JinjaScope scope) => name switch
    {
        "name" => definition.Name,
        "arguments" => PythonList.Tuple([.. definition.Parameters.Select(static p => (object?)p.Name)]),
        "catch_kwargs" => PythonOperations.Box(definition.Features.HasFlag(MacroFeatures.NamedArguments)),
        "catch_varargs" => PythonOperations.Box(definition.Features.HasFlag(MacroFeatures.Arguments)),
        "caller" => PythonOperations.Box(TakesCaller),
        _ => null,
    };

    private void Bind(JinjaScope inner, JinjaArguments arguments)
    {
        var parameters = definition.Parameters;
        var named = new List<KeyValuePair<string, object?>>(arguments.Named);
        var missing = new List<MacroParameter>();
        for (var i = 0; i < parameters.Length; i++)
        {
            if (i < arguments.Positional.Length)
            {
                inner.Set(parameters[i].Name, arguments.Positional[i]);
            }
            else if (Take(named, parameters[i].Name, out var value))
            {
                inner.Set(parameters[i].Name, value);
            }
            else
            {
                missing.Add(parameters[i]);
            }
        }

        BindSpecial(inner, arguments.Positional, named);
        foreach (var parameter in missing)
        {
            inner.Set(
                parameter.Name,
                parameter.Default is null
                    ? JinjaUndefined.Because($"the parameter '{parameter.Name}' was not given")
                    : parameter.Default.Evaluate(inner));
        }
    }

    private void BindSpecial(JinjaScope inner, object?[] positional, List<KeyValuePair<string, object?>> named)
    {
        var count = definition.Parameters.Length;
        if (TakesCaller && !Array.Exists(definition.Parameters, static p => p.Name == "caller"))
        {
            inner.Set("caller", Take(named, "caller", out var caller) ? caller : JinjaUndefined.Because("the macro was called without a caller"));
        }

        if (definition.Features.HasFlag(MacroFeatures.NamedArguments))
        {
            inner.Set("kwargs", new JinjaArguments([], [.. named]).ToDictionary(inner.Budget));
        }
        else if (named.Count > 0)
        {
            throw PythonErrorException.Type($"the macro '{definition.Name ?? "caller"}' has no parameter '{named[0].Key}'");
        }

        if (definition.Features.HasFlag(MacroFeatures.Arguments))
        {
            inner.Set("varargs", PythonList.Tuple(positional.Length > count ? positional[count..] : []));
        }
        else if (positional.Length > count)
        {
            throw PythonErrorException.Type($"the macro '{definition.Name ?? "caller"}' takes at most {count} arguments");
        }
    }

    private static bool Take(List<KeyValuePair<string, object?>> named, string name, out object? value)
    {
        var place = named.FindIndex(n => string.Equals(n.Key, name, StringComparison.Ordinal));
        value = place < 0 ? null : named[place].Value;
        if (place >= 0)
        {
            named.RemoveAt(place);
        }

        return place >= 0;
    }
}
