using System.Collections.Immutable;
using Mistral.Executions.Decisions;
using static Mistral.Executions.ExecutionState;

namespace Mistral.Executions.Tests.Decisions;

public sealed class DataTests
{
    private static readonly DataContext Some = DataContext.Empty.Publish(JsonMap.Create(("x", 1), ("o", JsonMap.Create(("p", 1)))));

    [Test]
    public void Publishing_nothing_leaves_the_data_as_they_are() => Some.Publish(JsonMap.Empty).Should().BeSameAs(Some);

    [Test]
    public void What_is_published_takes_the_place_of_what_was() =>
        Some.Publish(JsonMap.Create(("o", 7))).ToMap().ToString().Should().Be("""{"o":7,"x":1}""");

    [Test]
    public void Bringing_nothing_or_the_same_together_changes_nothing()
    {
        DataContext.Merge([]).Should().BeSameAs(DataContext.Empty);
        DataContext.Merge([Some]).Should().BeSameAs(Some);
        DataContext.Merge([Some, Some]).Should().BeSameAs(Some);
        DataContext.Merge([Some, DataContext.Empty]).Should().BeSameAs(Some);
        DataContext.Merge([DataContext.Empty, Some]).Should().BeSameAs(Some);
    }

    [Test]
    public void Members_are_brought_together_each_by_how_often_it_was_published()
    {
        var one = Some.Publish(JsonMap.Create(("x", 2), ("o", JsonMap.Create(("p", 2), ("q", 2)))));
        var other = Some.Publish(JsonMap.Create(("x", 3), ("o", JsonMap.Create(("p", 3), ("r", 3)))));
        var again = one.Publish(JsonMap.Create(("x", 4)));

        DataContext.Merge([one, other]).ToMap().ToString().Should().Be("""{"o":{"p":3,"r":3,"q":2},"x":3}""", "on a tie the last one wins");
        DataContext.Merge([again, other]).ToMap()["x"].Should().Be((JsonData)4);
        DataContext.Merge([other, again]).ToMap()["x"].Should().Be((JsonData)4);
    }

    [Test]
    public void The_counts_of_both_go_on_counting()
    {
        var often = Some.Publish(JsonMap.Create(("x", 2))).Publish(JsonMap.Create(("x", 3)));
        var merged = DataContext.Merge([often, Some]);
        var third = Some.Publish(JsonMap.Create(("x", 9))).Publish(JsonMap.Create(("x", 9)));

        DataContext.Merge([third, merged]).ToMap()["x"].Should().Be((JsonData)3, "both have it three times");
        DataContext.Merge([third.Publish(JsonMap.Create(("x", 10))), merged]).ToMap()["x"].Should().Be((JsonData)10);
    }

    [Test]
    public void A_value_and_an_object_are_not_brought_together()
    {
        var value = Some.Publish(JsonMap.Create(("o", 7)));
        var members = Some.Publish(JsonMap.Create(("o", JsonMap.Create(("q", 1)))));

        DataContext.Merge([members, value]).ToMap()["o"].Should().Be((JsonData)7);
        DataContext.Merge([value, members]).ToMap()["o"].Should().Be((JsonData)7, "the value was published once, the object as such never");
    }

    [Test]
    public void A_snapshot_says_values_and_counts()
    {
        var often = Some.Publish(JsonMap.Create(("x", 2)));
        var read = DataContext.FromSnapshot(often.ToSnapshot());

        read.ToSnapshot().ToString().Should().Be("""{"values":{"o":{"p":1},"x":2},"versions":{"o.p":1,"x":2}}""");
        read.Names.Should().Equal("o", "x");
        read.TryGetValue("x", out var x).Should().BeTrue();
        x.Should().Be((JsonData)2);
    }

    [Test]
    public void The_data_of_a_task_are_found_by_the_way_back_to_a_snapshot_or_the_start()
    {
        var first = Task("1", ContextOrigin.Empty, ("x", 1));
        var second = Task("2", new() { TaskExecutionId = "1", Depth = 1 }, ("y", 2));
        var pinned = Task("3", new() { Snapshot = Some.ToSnapshot() }, ("z", 3));

        ContextReader.Outbound([second, first], "2").ToMap().ToString().Should().Be("""{"x":1,"y":2}""");
        ContextReader.Outbound([pinned], "3").ToMap().ToString().Should().Be("""{"o":{"p":1},"x":1,"z":3}""");
        ContextReader.Outbound([], "4").ToMap().Should().BeEmpty();
    }

    [Test]
    public void A_task_that_publishes_nothing_is_passed_over_on_the_way_back_unless_it_has_the_snapshot()
    {
        var origin = new ContextOrigin { TaskExecutionId = "1", Depth = 1 };

        ContextReader.OriginAfter(Task("2", origin)).Should().Be(origin);
        ContextReader.OriginAfter(Task("2", origin, ("x", 1))).Should().Be(new ContextOrigin { TaskExecutionId = "2", Depth = 2 });
        ContextReader.OriginAfter(Task("2", new() { Snapshot = Some.ToSnapshot() })).TaskExecutionId.Should().Be("2");
    }

    [Test]
    public void A_long_way_back_is_cut_by_a_snapshot()
    {
        ContextReader.Stored(new(Some, new() { TaskExecutionId = "1", Depth = 32 })).Snapshot.Should().BeNull();
        ContextReader.Stored(new(Some, new() { TaskExecutionId = "1", Depth = 33 })).Snapshot!.ToString().Should().Be(Some.ToSnapshot().ToString());
    }

    [Test]
    public void Handovers_come_together_in_the_place_of_the_one_that_has_it_all_or_in_a_snapshot()
    {
        var (origin, other) = (new ContextOrigin { TaskExecutionId = "1" }, new ContextOrigin { TaskExecutionId = "2" });
        var more = Some.Publish(JsonMap.Create(("y", 1)));

        Handover.Merge([]).Should().Be(Handover.Nothing);
        Handover.Merge([new(Some, origin), new(Some, other)]).Origin.Should().Be(origin);
        Handover.Merge([new(Some, origin), new(more, other)]).Origin.Snapshot!.ToString().Should().Be(DataContext.Merge([Some, more]).ToSnapshot().ToString());
    }

    [Test]
    public void Objects_are_merged_member_by_member_and_other_values_replaced()
    {
        var left = JsonMap.Create(("o", JsonMap.Create(("p", 1))), ("v", 1), ("w", JsonMap.Create(("a", 1))));
        var right = JsonMap.Create(("o", JsonMap.Create(("q", 2))), ("v", JsonMap.Create(("b", 2))), ("w", 2), ("n", JsonMap.Create(("c", 3))));

        JsonMaps.MergeDeep(left, right).ToString().Should().Be("""{"o":{"p":1,"q":2},"v":{"b":2},"w":2,"n":{"c":3}}""");
    }

    [Test]
    public void Everything_is_true_but_nothing_zero_and_what_is_empty()
    {
        JsonData[] @true = [true, 1, -1, 0.5, "x", JsonList.Create([0]), JsonMap.Create(("x", 0))];
        JsonData[] @false = [default, false, 0, 0.0, "", JsonData.EmptyArray, JsonMap.Empty];

        @true.Should().OnlyContain(v => Truth.Of(v));
        @false.Should().OnlyContain(v => !Truth.Of(v));
    }

    [Test]
    public void A_value_as_text_is_nothing_the_text_itself_or_json()
    {
        Truth.Text(default).Should().BeNull();
        Truth.Text("x").Should().Be("x");
        Truth.Text(JsonList.Create([1, "x"])).Should().Be("""[1,"x"]""");
    }

    [Test]
    public void Seconds_are_a_number_zero_or_more_that_a_time_can_hold()
    {
        Truth.Seconds(0, "p").Should().Be(TimeSpan.Zero);
        Truth.Seconds(1.5, "p").Should().Be(TimeSpan.FromSeconds(1.5));
        foreach (var wrong in new JsonData[] { -1, -0.1, 1e15, "1", true, default })
        {
            FluentActions.Invoking(() => Truth.Seconds(wrong, "wait")).Should().Throw<TaskFaultException>().Which.Message.Should().Contain("'wait'").And.Contain(wrong.ToString());
        }
    }

    [Test]
    public void A_count_is_a_whole_number_zero_or_more()
    {
        Truth.Count(0, "p").Should().Be(0);
        Truth.Count(int.MaxValue, "p").Should().Be(int.MaxValue);
        foreach (var wrong in new JsonData[] { -1, 1.5, 1L + int.MaxValue, "1", JsonList.Create([1]) })
        {
            FluentActions.Invoking(() => Truth.Count(wrong, "retry")).Should().Throw<TaskFaultException>().Which.Message.Should().Contain("'retry'").And.NotContain("\n");
        }
    }

    [Test]
    public void A_condition_of_a_policy_is_a_boolean()
    {
        Truth.Boolean(true, "p").Should().BeTrue();
        Truth.Boolean(false, "p").Should().BeFalse();
        FluentActions.Invoking(() => Truth.Boolean(1, "fail-on")).Should().Throw<TaskFaultException>().Which.Message.Should().Contain("'fail-on'").And.Contain("got 1");
    }

    [Test]
    public void Values_by_id_are_found_whether_they_are_few_or_many()
    {
        var values = new ValuesById<int>(expected: 1);
        for (var i = 0; i < 20; i++)
        {
            values.Set($"id{i}", i);
            values.Set($"id{i}", i * 10);
            values.Count.Should().Be(i + 1);
            values.PlaceOf($"id{i}").Should().Be(i);
            values.PlaceOf("nobody").Should().Be(-1);
            values.Find("nobody").Should().Be(0);
            values.Find("id0").Should().Be(0);
            values.Find($"id{i}").Should().Be(i * 10);
            values[i].Should().Be(($"id{i}", i * 10));
        }
    }

    private static TaskExecution Task(string id, ContextOrigin inbound, params (string, JsonData)[] published) => new()
    {
        Id = id,
        Name = $"t{id}",
        WorkflowExecutionId = "root",
        RootExecutionId = "root",
        WorkflowName = "wf",
        State = Success,
        InboundContext = inbound,
        Published = JsonMap.Create(published),
    };
}
