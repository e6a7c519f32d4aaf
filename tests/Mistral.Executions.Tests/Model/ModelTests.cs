using Mistral.Executions.Model;

namespace Mistral.Executions.Tests.Model;

/// <summary>
/// The decider against the reference interpreter, in 273,595 sequences. Families with a step of 1 are gone through
/// whole; of the others a run by hand goes through more (the usage of Mistral.Executions.Model says how).
/// </summary>
public sealed class ModelTests
{
    [TestCase("two-tasks", 1, 47_652)]
    [TestCase("two-tasks-verbs", 5, 43_792)]
    [TestCase("three-tasks", 1, 3_524)]
    [TestCase("three-tasks-sets", 17, 29_071)]
    [TestCase("three-tasks-commands", 5, 54_484)]
    [TestCase("three-tasks-verbs", 5, 43_880)]
    [TestCase("four-tasks", 211, 49_316)]
    [TestCase("random", 1_009, 138)]
    [TestCase("three-tasks-cycles", 4_001, 1_738)]
    public void The_decider_does_what_the_interpreter_says(string family, int step, int count)
    {
        var (explored, sequences) = (Family.Named(family), 0L);

        Parallel.For(0L, (explored.Count + step - 1) / step, place => Interlocked.Add(ref sequences, explored.Explore(place * step)));

        sequences.Should().Be(count);
    }
}
