using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mistral.Executions.Tests.Architecture;

/// <summary>Which folder of the core project may use which. A new arrow is a change of the architecture, not of this list.</summary>
public sealed class FolderArrowTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Records"] = [],
        ["StateMachine"] = ["Records"],
        ["Definitions"] = ["Records"],
        ["Storage"] = ["Records"],
        ["Decisions"] = ["Records", "StateMachine", "Definitions", "Storage"],
        ["Actions"] = ["Records"],
        ["Diagnostics"] = ["Records"],
        ["Runtime"] = ["Records", "StateMachine", "Definitions", "Storage", "Decisions", "Actions", "Diagnostics"],
        [SourceFolders.Root] = ["Records", "StateMachine", "Definitions", "Storage", "Decisions", "Actions", "Diagnostics", "Runtime"],
        ["DependencyInjection"] = ["Records", "StateMachine", "Definitions", "Storage", "Decisions", "Actions", "Diagnostics", "Runtime", SourceFolders.Root],
    };

    private static readonly Assembly Core = typeof(JsonData).Assembly;
    private static readonly IReadOnlyDictionary<string, string> Folders = SourceFolders.Read();

    [Test]
    public void Every_type_is_written_in_a_folder_of_the_architecture() =>
        WrittenTypes().Where(t => !MayUse.ContainsKey(FolderOf(t) ?? "")).Should().BeEmpty();

    [Test]
    public void A_folder_uses_only_the_folders_below_it()
    {
        var arrows =
            from type in WrittenTypes().SelectMany(WithNested)
            let from = FolderOf(TypeReferences.Outermost(type))
            where from is not null
            from used in TypeReferences.Of(type)
            let to = FolderOf(used)
            where to is not null && to != @from && !MayUse[@from].Contains(to)
            select $"{@from} -> {to}: {TypeReferences.Outermost(type).Name} uses {used.Name}";

        arrows.Distinct().Order(StringComparer.Ordinal).Should().BeEmpty();
    }

    [Test]
    public void References_are_seen_in_every_place_where_code_can_have_one()
    {
        TypeReferences.Of(typeof(ExecutionStateMachine)).Should().Contain([typeof(TransitionTable), typeof(StateDiagram), typeof(WorkflowExecution), typeof(InvalidStateTransitionException)]);
        TypeReferences.Of(typeof(JsonMap)).Should().Contain([typeof(JsonData), typeof(JsonMapConverter)]);
        TypeReferences.Of(typeof(ConstantExpression)).Should().Contain(typeof(IExpression));
        TypeReferences.Of(typeof(WorkflowExecution)).Should().NotContain(typeof(ExecutionStateMachine));
    }

    private static string? FolderOf(Type type)
    {
        var name = type.FullName!.Split('`')[0];
        return Folders.GetValueOrDefault(name);
    }

    /// <summary>The outermost types, without those that the compiler or a generator wrote.</summary>
    private static IEnumerable<Type> WrittenTypes() => Core.GetTypes().Where(t =>
        t.DeclaringType is null &&
        !t.Name.StartsWith('<') &&
        (FolderOf(t) is not null || (t.GetCustomAttribute<CompilerGeneratedAttribute>() is null && t.GetCustomAttribute<GeneratedCodeAttribute>() is null && t.Namespace!.StartsWith("Mistral", StringComparison.Ordinal))));

    private static IEnumerable<Type> WithNested(Type type) =>
        type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(WithNested).Prepend(type);
}
