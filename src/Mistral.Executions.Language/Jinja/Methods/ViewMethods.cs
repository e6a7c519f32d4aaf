using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>The attributes of what a dict's <c>keys()</c>, <c>values()</c> and <c>items()</c> give.</summary>
internal static class ViewMethods
{
    private static readonly JinjaFunction IsDisjoint = JinjaFunction.Of("isdisjoint", "self, other, /", static (scope, a) =>
    {
        var others = JinjaOperators.Iterate(a[1], scope.Budget);
        while (others.TryNext(out var other))
        {
            if (((PythonDictionaryView)a[0]!).Contains(other))
            {
                return PythonOperations.False;
            }
        }

        return PythonOperations.True;
    });

    internal static object? Attribute(PythonDictionaryView view, string name) => name switch
    {
        "mapping" => view.Dictionary,
        "isdisjoint" when view.IsSet => new BoundMethod(view, IsDisjoint),
        _ => null,
    };
}
