using CsCheck;
using static Mistral.Executions.Tests.Definitions.DefinitionCheckTests;

namespace Mistral.Executions.Tests.Definitions;

public sealed class DefinitionCheckPropertyTests
{
    private static readonly Gen<string> Name = OneOf("a", "b", "c", "d", "e");

    private static readonly Gen<TaskDefinition> AnyTask = Gen.Select(
        Gen.OneOf(Name, OneOf("", "fail", "\0", "\ud800")),
        Gen.OneOf(Name, OneOf("", "noop", "elsewhere")).Array[0, 3],
        Gen.Int[-1, 4],
        Gen.OneOf(Name, Gen.Const("elsewhere")).Array[0, 2],
        (name, targets, join, requires) => Task(name, targets) with { Join = join == 4 ? JoinCondition.All : join == -1 ? null : new(join), Requires = requires });

    private static readonly Gen<WorkflowContent> AnyWorkflow = Gen.Select(
        AnyTask.Array[0, 6],
        OneOf(WorkflowType.Direct, WorkflowType.Reverse),
        (tasks, type) => new WorkflowContent { Name = "w", Type = type, Tasks = tasks });

    private static readonly Gen<WorkflowContent> Direct = Gen.Select(Name.Array[0, 3].Array[5], Gen.Int[0, 5].Array[5], (targets, joins) => new WorkflowContent
    {
        Name = "w",
        Tasks =
        [
            .. new[] { "a", "b", "c", "d", "e" }.Select((name, i) => Task(name, targets[i]) with { Join = joins[i] switch { 4 => JoinCondition.All, 5 => JoinCondition.One, 2 or 3 => new(joins[i]), _ => null } }),
        ],
    });

    [Test]
    public void Any_content_is_either_refused_with_faults_or_made() => AnyWorkflow.Sample(content =>
    {
        var faults = DefinitionCheck.FaultsOf(content);
        if (faults.Count == 0)
        {
            WorkflowDefinition.Create(content).Tasks.Should().HaveCount(content.Tasks.Count);
        }
        else
        {
            FluentActions.Invoking(() => WorkflowDefinition.Create(content)).Should().Throw<DefinitionException>().Which.Faults.Should().Equal(faults);
        }
    });

    [Test]
    public void A_join_is_refused_exactly_when_it_starts_in_no_run_where_every_route_is_taken() => Direct.Sample(content =>
    {
        var started = StartedWhenAllRoutesAreTaken(content.Tasks);
        if (started.Count == 0)
        {
            return;
        }

        var refused = DefinitionCheck.FaultsOf(content).Where(f => f.Attribute == "join").Select(f => f.Task);

        refused.Should().BeEquivalentTo(content.Tasks.Where(t => t.Join is not null && (!started.Contains(t.Name) || !HasInbound(content.Tasks, t))).Select(t => t.Name));
    });

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static bool HasInbound(IReadOnlyList<TaskDefinition> tasks, TaskDefinition task) => Inbound(tasks, task).Any();

    private static IEnumerable<TaskDefinition> Inbound(IReadOnlyList<TaskDefinition> tasks, TaskDefinition task) =>
        tasks.Where(t => t.OnSuccess.Any(r => r.Target == task.Name));

    private static HashSet<string> StartedWhenAllRoutesAreTaken(IReadOnlyList<TaskDefinition> tasks)
    {
        var started = tasks.Where(t => !HasInbound(tasks, t)).Select(t => t.Name).ToHashSet();
        for (var before = -1; before != started.Count;)
        {
            before = started.Count;
            foreach (var task in tasks.Where(t => HasInbound(tasks, t)))
            {
                var inbound = Inbound(tasks, task).ToArray();
                var needed = task.Join is { } join ? join.Count ?? inbound.Length : 1;
                if (inbound.Count(t => started.Contains(t.Name)) >= needed)
                {
                    started.Add(task.Name);
                }
            }
        }

        return started;
    }
}
