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
        ["Actions"] = ["Records", "Definitions", "Decisions", "Diagnostics"],
        ["Diagnostics"] = ["Records"],
        ["Diagrams"] = ["Records", "Definitions"],
        ["Explanations"] = ["Records", "Definitions", "Storage"],
        ["Retention"] = ["Records", "Storage"],
        ["Runtime"] = ["Records", "StateMachine", "Definitions", "Storage", "Decisions", "Actions", "Retention", "Diagnostics"],
        [SourceFolders.Root] = ["Records", "StateMachine", "Definitions", "Storage", "Decisions", "Actions", "Diagnostics", "Explanations", "Diagrams", "Retention", "Runtime"],
        ["DependencyInjection"] = ["Records", "StateMachine", "Definitions", "Storage", "Decisions", "Actions", "Diagnostics", "Explanations", "Diagrams", "Retention", "Runtime", SourceFolders.Root],
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
            from user in WrittenTypes().SelectMany(WithNested)
            let folder = FolderOf(TypeReferences.Outermost(user))
            where folder is not null
            from used in TypeReferences.Of(user)
            let usedFolder = FolderOf(used)
            where usedFolder is not null && usedFolder != folder && !MayUse[folder].Contains(usedFolder)
            select $"{folder} -> {usedFolder}: {TypeReferences.Outermost(user).Name} uses {used.Name}";

        string.Join(Environment.NewLine, arrows.Distinct().Order(StringComparer.Ordinal)).Should().BeEmpty();
    }

    [Test]
    public void What_decides_has_no_thread_clock_disk_or_chance_in_it()
    {
        string[] pure = ["Records", "StateMachine", "Definitions", "Decisions", "Diagrams"];
        var impure =
            from user in WrittenTypes().SelectMany(WithNested)
            where pure.Contains(FolderOf(TypeReferences.Outermost(user)))
            from used in TypeReferences.Of(user)
            where IsImpure(used)
            select $"{TypeReferences.Outermost(user).Name} uses {used.FullName}";

        string.Join(Environment.NewLine, impure.Distinct().Order(StringComparer.Ordinal)).Should().BeEmpty();
    }

    [Test]
    public void References_are_seen_in_every_place_where_code_can_have_one()
    {
        TypeReferences.Of(typeof(ExecutionStateMachine)).Should().Contain([typeof(TransitionTable), typeof(StateDiagram), typeof(WorkflowExecution), typeof(InvalidStateTransitionException)]);
        TypeReferences.Of(typeof(JsonMap)).Should().Contain([typeof(JsonData), typeof(JsonMapConverter)]);
        TypeReferences.Of(typeof(ConstantExpression)).Should().Contain(typeof(IExpression));
        TypeReferences.Of(typeof(WorkflowExecution)).Should().NotContain(typeof(ExecutionStateMachine));
    }

    private static bool IsImpure(Type type) =>
        type == typeof(TimeProvider) || type == typeof(Random) || type == typeof(Console) ||
        ((type.Namespace ?? "").Split('.') is ["System", "Threading" or "IO" or "Net", ..] or ["Microsoft" or "Dapper", ..] && type.Namespace != "Microsoft.CodeAnalysis");

    private static string? FolderOf(Type type) =>
        type.Assembly == Core ? Folders.GetValueOrDefault(type.FullName!.Split('`')[0]) : null;

    /// <summary>The outermost types, without those that the compiler or a generator wrote.</summary>
    private static IEnumerable<Type> WrittenTypes() => Core.GetTypes().Where(t =>
        t.DeclaringType is null &&
        !t.Name.StartsWith('<') &&
        (FolderOf(t) is not null || (t.GetCustomAttribute<CompilerGeneratedAttribute>() is null && t.GetCustomAttribute<GeneratedCodeAttribute>() is null && t.Namespace!.StartsWith("Mistral", StringComparison.Ordinal))));

    private static IEnumerable<Type> WithNested(Type type) =>
        type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(WithNested).Prepend(type);
}
