using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>
/// What a name, key or attribute gives that does not exist. It can be passed on and asked whether it is defined; every
/// other use is an error that says what is missing. The lenient one, which a conditional without <c>else</c> gives,
/// is false and an empty text besides.
/// </summary>
internal sealed class JinjaUndefined : PythonObject
{
    private readonly object? _owner;
    private readonly object? _name;
    private readonly string? _reason;
    private readonly Missing _missing;

    private JinjaUndefined(Missing missing, object? owner, object? name, string? reason) =>
        (_missing, _owner, _name, _reason) = (missing, owner, name, reason);

    private enum Missing
    {
        Name,
        Member,
        Allowed,
        Other,
        Lenient,
    }

    internal bool IsLenient => _missing == Missing.Lenient;

    internal override string TypeName => IsLenient ? "Undefined" : "StrictUndefined";

    internal override bool IsTrue => IsLenient ? false : throw Fault();

    internal static JinjaUndefined OfName(string name) => new(Missing.Name, null, name, null);

    internal static JinjaUndefined OfMember(object? owner, object? name) => new(Missing.Member, owner, name, null);

    internal static JinjaUndefined Unsafe(object? owner, string name) => new(Missing.Allowed, owner, name, null);

    internal static JinjaUndefined Because(string reason) => new(Missing.Other, null, null, reason);

    internal static JinjaUndefined Lenient(string reason) => new(Missing.Lenient, null, null, reason);

    internal PythonErrorException Fault() => new(_missing == Missing.Allowed ? "SecurityError" : "UndefinedError", Describe());

    internal override string Represent(EvaluationBudget budget) => "Undefined";

    internal override string ToText(EvaluationBudget budget) => IsLenient ? string.Empty : throw Fault();

    internal override bool IsEqualTo(object? other, EvaluationBudget budget) =>
        IsLenient ? other is JinjaUndefined { IsLenient: true } : throw Fault();

    internal override int Hash(EvaluationBudget budget) => IsLenient ? 0 : throw Fault();

    internal override JsonData ToJson(EvaluationBudget budget) => throw Fault();

    private string Describe() => _missing switch
    {
        Missing.Name => $"'{_name}' is undefined",
        Missing.Member => _name is string name
            ? $"'{Kind()}' has no attribute '{name}'"
            : $"{Kind()} has no element {PythonOperations.Represent(_name, new EvaluationBudget())}",
        Missing.Allowed => $"access to the attribute '{_name}' of a value of type '{PythonOperations.TypeName(_owner)}' is not allowed",
        _ => _reason!,
    };

    private string Kind() => _owner is null ? "None" : $"{PythonOperations.TypeName(_owner)} object";
}
