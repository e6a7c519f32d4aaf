namespace Mistral.Executions.Tests.Records;

public sealed class JsonMapTests
{
    [TestCase(2)]
    [TestCase(8)]
    [TestCase(9)]
    [TestCase(100)]
    public void Members_are_found_by_name_and_keep_their_order_at_any_size(int count)
    {
        var names = Enumerable.Range(0, count).Select(i => $"n{count - i}").ToArray();
        var map = JsonMap.Create(names.Select((n, i) => KeyValuePair.Create(n, (JsonData)i)));

        map.Count.Should().Be(count);
        map.Keys.Should().Equal(names);
        map.Values.Should().Equal(Enumerable.Range(0, count).Select(i => (JsonData)i));
        map.Select(m => m.Key).Should().Equal(names);
        names.Select(n => map[n]).Should().Equal(map.Values);
        map.ContainsKey("other").Should().BeFalse();
        map.TryGetValue("other", out _).Should().BeFalse();
    }

    [TestCase(3)]
    [TestCase(30)]
    public void Of_members_with_one_name_the_last_counts_at_the_place_of_the_first(int count)
    {
        var members = Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"n{i}", (JsonData)i)).Append(KeyValuePair.Create("n1", (JsonData)"last"));

        var map = JsonMap.Create(members);

        map.Count.Should().Be(count);
        map["n1"].Should().Be((JsonData)"last");
        map.Keys.Should().Equal(Enumerable.Range(0, count).Select(i => $"n{i}"));
    }

    [Test]
    public void Names_that_differ_in_case_are_different() =>
        JsonMap.Create(("a", 1), ("A", 2)).Count.Should().Be(2);

    [Test]
    public void A_missing_member_is_an_error_that_names_it() =>
        FluentActions.Invoking(() => JsonMap.Empty["colour"]).Should().Throw<KeyNotFoundException>().WithMessage("*colour*");

    [Test]
    public void Setting_a_member_leaves_the_object_as_it_was()
    {
        var map = JsonMap.Create(("a", 1), ("b", 2));

        map.With("a", 3).Should().BeEquivalentTo(JsonMap.Create(("a", 3), ("b", 2)), o => o.WithStrictOrdering());
        map.With("c", 3).Keys.Should().Equal("a", "b", "c");
        map["a"].Should().Be((JsonData)1);
        map.Count.Should().Be(2);
    }

    [Test]
    public void Setting_all_members_of_another_object_lets_the_other_win()
    {
        var map = JsonMap.Create(("a", 1), ("b", 2));

        map.WithAll(JsonMap.Create(("c", 4), ("a", 3))).ToString().Should().Be("""{"a":3,"b":2,"c":4}""");
        map.WithAll(JsonMap.Empty).Should().BeSameAs(map);
        JsonMap.Empty.WithAll(map).Should().BeSameAs(map);
    }

    [Test]
    public void Leaving_a_member_out_leaves_the_object_as_it_was()
    {
        var map = JsonMap.Create(("a", 1), ("b", 2));

        map.Without("a").ToString().Should().Be("""{"b":2}""");
        map.Without("x").Should().BeSameAs(map);
        map.Count.Should().Be(2);
    }

    [Test]
    public void A_large_object_can_be_read_by_many_threads_at_once()
    {
        var map = JsonMap.Create(Enumerable.Range(0, 1000).Select(i => KeyValuePair.Create($"n{i}", (JsonData)i)));
        var large = map.With("n1000", 1000);

        Parallel.For(0, 1001, i => large[$"n{i}"].Should().Be((JsonData)i));
    }
}
