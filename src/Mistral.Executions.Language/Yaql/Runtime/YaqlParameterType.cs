using Mistral.Executions.Language.Yaql.Syntax;

namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>Which arguments a parameter takes.</summary>
/// <param name="Form">How it takes them.</param>
/// <param name="Kinds">The kinds of values.</param>
/// <param name="Classes">All kinds below its class, when it is one class: it is more special than one with more below.</param>
internal sealed record YaqlParameterType(YaqlParameterForm Form, uint Kinds, uint Classes)
{
    internal static readonly YaqlParameterType Any = new(YaqlParameterForm.Value, YaqlKinds.Any, YaqlKinds.Any);
    internal static readonly YaqlParameterType NotNone = Any with { Kinds = YaqlKinds.NotNone };
    internal static readonly YaqlParameterType None = Class(YaqlKinds.None);
    internal static readonly YaqlParameterType Integer = Class(YaqlKinds.Integer | YaqlKinds.Boolean);
    internal static readonly YaqlParameterType IntegerOrNone = Nullable(Integer);
    internal static readonly YaqlParameterType StrictInteger = Integer with { Kinds = YaqlKinds.Integer };
    internal static readonly YaqlParameterType Flag = Class(YaqlKinds.Boolean);
    internal static readonly YaqlParameterType FlagOrNone = Nullable(Flag);
    internal static readonly YaqlParameterType Number = new(YaqlParameterForm.Value, YaqlKinds.Number, 0);
    internal static readonly YaqlParameterType NumberOrNone = Nullable(Number);
    internal static readonly YaqlParameterType Text = Class(YaqlKinds.Text);
    internal static readonly YaqlParameterType TextOrNone = Nullable(Text);

    // A text and a dict can be walked too, which counts for what is more special although no such parameter takes them.
    internal static readonly YaqlParameterType Iterable =
        new(YaqlParameterForm.Iterable, YaqlKinds.Iterable, YaqlKinds.Iterable | YaqlKinds.Text | YaqlKinds.Dictionary);

    internal static readonly YaqlParameterType IterableNoSet = Iterable with { Kinds = YaqlKinds.Iterable & ~YaqlKinds.Set };
    internal static readonly YaqlParameterType Iterator = Class(YaqlKinds.Iterator);
    internal static readonly YaqlParameterType Sequence =
        new(YaqlParameterForm.Value, YaqlKinds.Sequence, YaqlKinds.Sequence | YaqlKinds.Text);

    internal static readonly YaqlParameterType Dictionary = Class(YaqlKinds.Dictionary);
    internal static readonly YaqlParameterType Set = Class(YaqlKinds.Set);
    internal static readonly YaqlParameterType Ordering = Class(YaqlKinds.Ordering);
    internal static readonly YaqlParameterType Moment = Class(YaqlKinds.DateTime) with { Form = YaqlParameterForm.DateTime };
    internal static readonly YaqlParameterType AnyMoment = Class(YaqlKinds.DateTime);
    internal static readonly YaqlParameterType Duration = Class(YaqlKinds.TimeSpan);
    internal static readonly YaqlParameterType DurationOrNone = Nullable(Duration);
    internal static readonly YaqlParameterType Regex = Class(YaqlKinds.Regex);
    internal static readonly YaqlParameterType Scope = Class(YaqlKinds.Scope);
    internal static readonly YaqlParameterType MappingValue = Class(YaqlKinds.Mapping);
    internal static readonly YaqlParameterType Lambda = new(YaqlParameterForm.Lambda, YaqlKinds.Any, 0);
    internal static readonly YaqlParameterType Method = new(YaqlParameterForm.Method, YaqlKinds.Any, 0);
    internal static readonly YaqlParameterType Expression = new(YaqlParameterForm.Expression, 0, 0);
    internal static readonly YaqlParameterType Mapping = new(YaqlParameterForm.Mapping, 0, 0);
    internal static readonly YaqlParameterType Keyword = new(YaqlParameterForm.Keyword, 0, 0);
    internal static readonly YaqlParameterType KeywordNode = new(YaqlParameterForm.KeywordNode, 0, 0);

    internal bool IsLazy =>
        Form is YaqlParameterForm.Lambda or YaqlParameterForm.Method or YaqlParameterForm.Expression or YaqlParameterForm.Mapping;

    /// <summary>Whether it takes the argument, as far as that is known before it is evaluated.</summary>
    internal bool Accepts(YaqlArgument argument, YaqlKind kind) => Form switch
    {
        YaqlParameterForm.Lambda => true,
        YaqlParameterForm.Method => argument.Node is null or YaqlCallNode { IsNamed: true },
        YaqlParameterForm.Expression => argument.Node is not null,
        YaqlParameterForm.Mapping => argument.Node is YaqlMappingNode,
        YaqlParameterForm.Keyword or YaqlParameterForm.KeywordNode => argument.Node is YaqlConstantNode { IsKeyword: true },
        _ => kind == YaqlKind.Unevaluated || YaqlKinds.Contains(Kinds, kind),
    };

    /// <summary>Whether it takes a part of what the other takes.</summary>
    internal bool IsMoreSpecialThan(YaqlParameterType other) =>
        Classes != 0 && other.Classes != 0 && Classes != other.Classes && (Classes & ~other.Classes) == 0;

    private static YaqlParameterType Class(uint kinds) => new(YaqlParameterForm.Value, kinds, kinds);

    private static YaqlParameterType Nullable(YaqlParameterType type) => type with { Kinds = type.Kinds | YaqlKinds.None };
}
