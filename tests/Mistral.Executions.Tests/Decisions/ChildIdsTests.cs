using Mistral.Executions.Decisions;

namespace Mistral.Executions.Tests.Decisions;

public sealed class ChildIdsTests
{
    [Test]
    public void Ids_are_in_order_however_they_came_and_each_is_there_once() =>
        Of("b", "c", "a", "b").Should().Equal("a", "b", "c");

    [Test]
    public void Only_one_that_is_alone_is_the_only_one()
    {
        default(ChildIds).Only.Should().BeNull();
        Of("a").Only.Should().Be("a");
        Of("a", "a").Only.Should().Be("a");
        Of("a", "b").Only.Should().BeNull();
        Of("a", "b").Without("a").Only.Should().Be("b");
    }

    [Test]
    public void None_are_left_when_all_are_taken_out()
    {
        Of("a", "b", "c").Without("b").Without("a").Without("c").IsEmpty.Should().BeTrue();
        Of("a").Without("b").Should().Equal("a");
        default(ChildIds).Without("a").IsEmpty.Should().BeTrue();
        default(ChildIds).Should().BeEmpty();
    }

    [Test]
    public void Those_that_were_put_in_are_there()
    {
        var two = Of("a", "b");

        two.Contains("a").Should().BeTrue();
        two.Contains("b").Should().BeTrue();
        two.Contains("c").Should().BeFalse();
        Of("a").Contains("b").Should().BeFalse();
        default(ChildIds).Contains("a").Should().BeFalse();
    }

    private static ChildIds Of(params string[] ids) => ids.Aggregate(default(ChildIds), (all, id) => all.With(id));
}
