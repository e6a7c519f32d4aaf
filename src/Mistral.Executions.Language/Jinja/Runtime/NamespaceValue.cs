using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>What <c>namespace()</c> gives: attributes that <c>set</c> can change from any scope.</summary>
internal sealed class NamespaceValue(PythonDictionary attributes) : PythonObject, IJinjaMembers
{
    internal override string TypeName => "Namespace";

    internal override string Represent(EvaluationBudget budget)
    {
        EvaluationBudget.EnsureStack();
        return $"<Namespace {PythonOperations.Represent(attributes, budget)}>";
    }

    public object? Attribute(string name, JinjaScope scope)
    {
        if (!attributes.TryGet(name, out var value, scope.Budget))
        {
            return null;
        }

        return name.StartsWith('_') ? JinjaUndefined.Unsafe(this, name) : value ?? JinjaMembers.NoneMember;
    }

    internal void Set(string name, object? value, EvaluationBudget budget) => attributes.Set(name, value, budget);
}
