using Mistral.Executions.Decisions;

namespace Mistral.Executions.Tests.Decisions;

public sealed class ImmutableByIdTests
{
    [TestCase(1)]
    [TestCase(8)]
    [TestCase(9)]
    [TestCase(100)]
    public void What_was_put_in_is_found_until_it_is_taken_out(int count)
    {
        var ids = Enumerable.Range(0, count).Select(i => $"id-{i}").ToList();
        var all = ids.Aggregate(default(ImmutableById<string>), (values, id) => values.With(id, $"first {id}").With(id, $"value of {id}"));

        all.Count.Should().Be(count);
        all.Values.Should().BeEquivalentTo(ids.Select(id => $"value of {id}"));
        ids.Should().OnlyContain(id => all[id] == $"value of {id}");

        var left = all;
        foreach (var id in ids)
        {
            left = left.Without(id);
            left.Contains(id).Should().BeFalse();
        }

        left.Count.Should().Be(0);
        left.Values.Should().BeEmpty();
        all.Count.Should().Be(count, "the value itself never changes");
    }

    [Test]
    public void What_is_not_there_is_not_found_and_taking_it_out_changes_nothing()
    {
        var one = default(ImmutableById<string>).With("a", "1");

        one.Find("b").Should().BeNull();
        one.TryGetValue("b", out _).Should().BeFalse();
        one.Without("b").Should().Be(one);
        default(ImmutableById<string>).Without("b").Count.Should().Be(0);
        FluentActions.Invoking(() => one["b"]).Should().Throw<KeyNotFoundException>();
    }
}
