using System.Numerics;

namespace Mistral.Executions.Language.Values;

/// <summary>A complex number: what a root of a negative number gives. It has no JSON form.</summary>
internal sealed class PythonComplex(Complex value) : PythonObject
{
    internal override string TypeName => "complex";

    internal override bool IsTrue => value != Complex.Zero;

    internal override string Represent(EvaluationBudget budget)
    {
        var imaginary = PythonOperations.FloatText(value.Imaginary);
        var real = PythonOperations.FloatText(value.Real);
        return $"({Trim(real)}{(imaginary[0] == '-' ? string.Empty : "+")}{Trim(imaginary)}j)";
    }

    internal override bool IsEqualTo(object? other, EvaluationBudget budget) => other is PythonComplex complex && complex.Value == value;

    internal override int Hash(EvaluationBudget budget) => value.GetHashCode();

    private Complex Value => value;

    private static string Trim(string number) => number.EndsWith(".0", StringComparison.Ordinal) ? number[..^2] : number;
}
