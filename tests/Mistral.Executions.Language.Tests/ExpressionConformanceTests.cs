using Mistral.Executions.Conformance.Expressions;

namespace Mistral.Executions.Language.Tests;

/// <summary>The expressions that the real Mistral evaluated, where that data is at hand.</summary>
public sealed class ExpressionConformanceTests
{
    [TestCase("yaql")]
    [TestCase("jinja")]
    public void Every_expression_gives_what_mistral_gives_or_is_a_known_difference(string language)
    {
        var known = KnownDifferences.Read();
        var cases = Directory.EnumerateFiles(ConformanceFolder.Find("expressions"), "*.jsonl")
            .SelectMany(ExpressionCase.Read)
            .Where(c => c.Language == language)
            .ToList();

        var faults = cases
            .Select(c => (c.Id, Fault: CaseChecker.Check(c)))
            .Where(c => c.Fault is not null)
            .ToList();

        cases.Should().NotBeEmpty();
        faults.Where(f => !known.Contains(f.Id)).Should().BeEmpty();
        faults.Count.Should().BeLessThanOrEqualTo(cases.Count / 100);
    }
}
