using Mistral.Executions.Decisions;

namespace Mistral.Executions.Tests.Decisions;

public sealed class TaskIdsByOrdinalTests
{
    [TestCase(1)]
    [TestCase(8)]
    [TestCase(9)]
    [TestCase(50)]
    public void Ids_are_in_the_order_of_their_ordinals_however_they_came(int count)
    {
        var ordinals = Enumerable.Range(0, count).Select(i => i * 3).ToList();
        var shuffled = ordinals.Order(Comparer<int>.Create((left, right) => (left % 7, left).CompareTo((right % 7, right)))).ToList();

        var all = shuffled.Aggregate(default(TaskIdsByOrdinal), (ids, ordinal) => ids.With(ordinal, $"task {ordinal}"));

        all.Values.Should().Equal(ordinals.Select(ordinal => $"task {ordinal}"));
        ordinals.Should().OnlyContain(ordinal => all[ordinal] == $"task {ordinal}");
        var left = all;
        foreach (var ordinal in shuffled)
        {
            left = left.Without(ordinal);
            FluentActions.Invoking(() => left[ordinal]).Should().Throw<KeyNotFoundException>();
        }

        left.Values.Should().BeEmpty();
        all.Values.Should().HaveCount(count, "the value itself never changes");
    }

    [Test]
    public void An_ordinal_that_is_there_already_and_one_that_is_not_change_nothing()
    {
        var one = default(TaskIdsByOrdinal).With(1, "a");

        one.With(1, "a").Should().Be(one);
        one.Without(2).Should().Be(one);
    }
}
