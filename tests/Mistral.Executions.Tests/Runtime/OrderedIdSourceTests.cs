using Mistral.Executions.Runtime;

namespace Mistral.Executions.Tests.Runtime;

public sealed class OrderedIdSourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Ids_are_UUIDv7_of_their_time()
    {
        var id = Guid.Parse(new OrderedIdSource(new Random(1)).NewId(Now));

        id.Version.Should().Be(7);
        (id.Variant >> 2).Should().Be(2);
        Convert.ToInt64(id.ToString("N")[..12], 16).Should().Be(Now.ToUnixTimeMilliseconds());
    }

    [Test]
    public void Each_id_is_later_than_the_one_before_even_when_the_clock_goes_back()
    {
        var source = new OrderedIdSource(new Random(2));
        var random = new Random(3);

        var ids = Enumerable.Range(0, 100_000).Select(_ => source.NewId(Now.AddMilliseconds(random.Next(-50, 50)))).ToList();

        ids.Zip(ids.Skip(1)).Should().OnlyContain(p => string.CompareOrdinal(p.First, p.Second) < 0);
    }

    [Test]
    public void One_seed_gives_the_same_ids_and_chances_again()
    {
        var (one, other) = (new OrderedIdSource(new Random(4)), new OrderedIdSource(new Random(4)));

        one.NewId(Now).Should().Be(other.NewId(Now));
        one.NextFraction().Should().Be(other.NextFraction());
    }
}
