using CsCheck;
using Mistral.Executions.Model;

namespace Mistral.Executions.Tests.Model;

/// <summary>
/// The decider against the reference interpreter. Families with a step of 1 are gone through whole; of the others, and of
/// longer random workflows, a run by hand goes through more (the usage of Mistral.Executions.Model says how).
/// </summary>
public sealed class ModelTests
{
    [TestCase("two-tasks", 1)]
    [TestCase("two-tasks-verbs", 13)]
    [TestCase("three-tasks", 1)]
    [TestCase("three-tasks-sets", 5)]
    [TestCase("three-tasks-commands", 3)]
    [TestCase("three-tasks-verbs", 3)]
    [TestCase("four-tasks", 41)]
    [TestCase("three-tasks-cycles", 2011)]
    public void The_decider_does_what_the_interpreter_says(string family, int step)
    {
        var (explored, sequences) = (Family.Named(family), 0L);
        Parallel.For(0L, (explored.Count + step - 1) / step, place => Interlocked.Add(ref sequences, explored.Explore(place * step)));

        TestContext.Out.WriteLine($"{sequences} sequences");
        sequences.Should().BePositive();
    }

    [Test]
    public void The_decider_does_what_the_interpreter_says_of_longer_workflows_of_all_features() =>
        RandomRuns.Runs.Sample(run => _ = RandomRuns.Run(run), iter: 2_000);
}
