using System.Globalization;

namespace Mistral.Executions.Language.Values;

/// <summary>Python's <c>date</c>, which YAML has: a day without a time.</summary>
internal sealed class PythonDate(PythonDateTime midnight) : PythonObject
{
    internal override string TypeName => "datetime.date";

    internal override string Represent(EvaluationBudget budget) =>
        string.Create(CultureInfo.InvariantCulture, $"datetime.date({Day.Year}, {Day.Month}, {Day.Day})");

    internal override string ToText(EvaluationBudget budget) => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal override bool IsEqualTo(object? other, EvaluationBudget budget) => other is PythonDate date && date.Day == Day;

    internal override int Hash(EvaluationBudget budget) => Day.GetHashCode();

    private DateTime Day => midnight.Wall;
}
