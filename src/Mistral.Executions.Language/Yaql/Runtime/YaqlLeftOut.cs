using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>What stands in a list for an item that the author left out between two commas.</summary>
internal sealed class YaqlLeftOut : PythonObject
{
    private YaqlLeftOut()
    {
    }

    internal static YaqlLeftOut Value { get; } = new();

    internal override string TypeName => "MarkerClass";

    internal override string Represent(EvaluationBudget budget) => "<NoValue>";

    internal override JsonData ToJson(EvaluationBudget budget) => JsonData.EmptyObject;
}
