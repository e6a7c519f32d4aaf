using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>What <c>joiner()</c> gives: an empty text when it is first called, the separator ever after.</summary>
internal sealed class Joiner(object? separator) : JinjaCallable, IJinjaMembers
{
    private bool _isUsed;

    internal override string TypeName => "Joiner";

    internal override object? Call(JinjaScope scope, JinjaArguments arguments)
    {
        if (arguments.Positional.Length + arguments.Named.Length > 0)
        {
            throw PythonErrorException.Type("a joiner takes no arguments");
        }

        var result = _isUsed ? separator : string.Empty;
        _isUsed = true;
        return result;
    }

    public object? Attribute(string name, JinjaScope scope) => name switch
    {
        "sep" => separator ?? JinjaMembers.NoneMember,
        "used" => PythonOperations.Box(_isUsed),
        _ => null,
    };
}
