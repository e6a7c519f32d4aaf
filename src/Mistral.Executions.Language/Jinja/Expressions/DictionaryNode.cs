using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

internal sealed class DictionaryNode(KeyValuePair<JinjaNode, JinjaNode>[] entries) : JinjaNode
{
    internal override object? Evaluate(JinjaScope scope)
    {
        var dictionary = new PythonDictionary(isFrozen: false, scope.Budget);
        foreach (var (key, value) in entries)
        {
            dictionary.Set(key.Evaluate(scope), value.Evaluate(scope), scope.Budget);
        }

        return dictionary;
    }
}
