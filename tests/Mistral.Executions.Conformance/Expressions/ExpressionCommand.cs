namespace Mistral.Executions.Conformance.Expressions;

/// <summary>The command <c>expressions FILE...</c>.</summary>
internal static class ExpressionCommand
{
    /// <summary>Runs all cases of the files and reports.</summary>
    /// <returns>The exit code: 0 when nothing failed.</returns>
    internal static int Run(ReadOnlySpan<string> files, TextWriter output)
    {
        var known = KnownDifferences.Read();
        var failures = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var (passed, failed, different) = (0, 0, 0);
        foreach (var file in files)
        {
            foreach (var expressionCase in ExpressionCase.Read(file))
            {
                if (CaseChecker.Check(expressionCase) is not { } fault)
                {
                    passed++;
                    if (known.Contains(expressionCase.Id))
                    {
                        output.WriteLine($"{expressionCase.Id} is no difference any more");
                    }
                }
                else if (known.Contains(expressionCase.Id))
                {
                    different++;
                }
                else
                {
                    failed++;
                    var group = $"{expressionCase.Language} {expressionCase.Group}";
                    failures.TryAdd(group, []);
                    failures[group].Add($"  {expressionCase.Id}: {expressionCase.Expression} over {Short(expressionCase.Context)} {fault}");
                }
            }
        }

        foreach (var (group, lines) in failures)
        {
            output.WriteLine($"{group}: {lines.Count} failed");
            lines.ForEach(output.WriteLine);
        }

        output.WriteLine($"{passed} passed, {failed} failed, {different} different");
        return failed == 0 ? 0 : 1;
    }

    private static string Short(JsonData context)
    {
        var text = context.ToString();
        return text.Length <= 200 ? text : text[..200] + "...";
    }
}
