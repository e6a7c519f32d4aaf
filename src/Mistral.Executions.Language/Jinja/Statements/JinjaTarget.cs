using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>What a value is assigned to.</summary>
internal abstract class JinjaTarget
{
    /// <summary>The names of the variables that it sets.</summary>
    internal abstract IEnumerable<string> Names { get; }

    internal abstract void Assign(JinjaScope scope, object? value);
}

/// <summary>A variable.</summary>
internal sealed class NameTarget(string name) : JinjaTarget
{
    internal override IEnumerable<string> Names => [name];

    internal override void Assign(JinjaScope scope, object? value) => scope.Set(name, value);
}

/// <summary>Several targets, each for one item of the value.</summary>
internal sealed class TupleTarget(JinjaTarget[] items) : JinjaTarget
{
    internal override IEnumerable<string> Names => items.SelectMany(static i => i.Names);

    internal override void Assign(JinjaScope scope, object? value)
    {
        var values = JinjaOperators.Iterate(value, scope.Budget);
        var taken = new object?[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (!values.TryNext(out taken[i]))
            {
                throw PythonErrorException.Value($"there are {i} values for {items.Length} names");
            }
        }

        if (values.TryNext(out _))
        {
            throw PythonErrorException.Value($"there are more values than the {items.Length} names for them");
        }

        for (var i = 0; i < items.Length; i++)
        {
            items[i].Assign(scope, taken[i]);
        }
    }
}

/// <summary>An attribute of a namespace.</summary>
internal sealed class NamespaceTarget(string name, string attribute) : JinjaTarget
{
    internal override IEnumerable<string> Names => [];

    internal override void Assign(JinjaScope scope, object? value)
    {
        var owner = new NameNode(name).Evaluate(scope);
        JinjaOperators.RequireDefined(owner);
        if (owner is not NamespaceValue target)
        {
            throw new PythonErrorException("TemplateRuntimeError", $"'{name}' is no namespace: attributes of other values cannot be set");
        }

        target.Set(attribute, value, scope.Budget);
    }
}
