using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>What <c>cycler()</c> gives: items one after the other, again and again.</summary>
internal sealed class Cycler(object?[] items) : PythonObject, IJinjaMembers
{
    private int _place;

    internal override string TypeName => "Cycler";

    public object? Attribute(string name, JinjaScope scope) => name switch
    {
        "current" => items[_place] ?? JinjaMembers.NoneMember,
        "pos" => PythonOperations.Box(_place),
        "items" => PythonList.Tuple(items),
        "next" => new BoundMethod(this, JinjaFunction.Of("next", "self", (_, _) => Next())),
        "reset" => new BoundMethod(this, JinjaFunction.Of("reset", "self", (_, _) => Reset())),
        _ => null,
    };

    private object? Next()
    {
        var item = items[_place];
        _place = (_place + 1) % items.Length;
        return item;
    }

    private object? Reset()
    {
        _place = 0;
        return null;
    }
}
