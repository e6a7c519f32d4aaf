using System.Numerics;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Tests.Values;

public sealed class NumberTests
{
    private readonly EvaluationBudget _budget = new();

    [TestCase(0.1, "0.1")]
    [TestCase(1.0, "1.0")]
    [TestCase(-0.0, "-0.0")]
    [TestCase(123456789.125, "123456789.125")]
    [TestCase(1e15, "1000000000000000.0")]
    [TestCase(1e16, "1e+16")]
    [TestCase(1.5e-5, "1.5e-05")]
    [TestCase(0.0001, "0.0001")]
    [TestCase(5e-324, "5e-324")]
    [TestCase(1.7976931348623157e308, "1.7976931348623157e+308")]
    [TestCase(double.PositiveInfinity, "inf")]
    [TestCase(double.NaN, "nan")]
    public void A_float_prints_the_shortest_digits_that_give_it_back(double number, string text) =>
        PythonOperations.ToText(number, _budget).Should().Be(text);

    [Test]
    public void Integers_leave_64_bits_and_come_back()
    {
        var large = PythonOperations.Add(long.MaxValue, 1L, _budget);
        large.Should().Be(BigInteger.Pow(2, 63));
        PythonOperations.Subtract(large, 1L, _budget).Should().Be(long.MaxValue);
        PythonOperations.Multiply(long.MinValue, -1L, _budget).Should().Be(BigInteger.Pow(2, 63));
        PythonOperations.Multiply(3037000500L, 3037000500L, _budget).Should().Be(BigInteger.Parse("9223372037000250000"));
        PythonOperations.Negate(long.MinValue).Should().Be(BigInteger.Pow(2, 63));
        PythonOperations.FloorDivide(long.MinValue, -1L, _budget).Should().Be(BigInteger.Pow(2, 63));
    }

    [TestCase(7L, 2L, 3L, 1L)]
    [TestCase(-7L, 2L, -4L, 1L)]
    [TestCase(7L, -2L, -4L, -1L)]
    [TestCase(-7L, -2L, 3L, -1L)]
    [TestCase(7L, -1L, -7L, 0L)]
    public void Division_rounds_down_and_the_rest_has_the_sign_of_the_divisor(long left, long right, long quotient, long rest)
    {
        PythonOperations.FloorDivide(left, right, _budget).Should().Be(quotient);
        PythonOperations.Modulo(left, right, _budget).Should().Be(rest);
        PythonOperations.FloorDivide((double)left, right, _budget).Should().Be((double)quotient);
        PythonOperations.Modulo((double)left, right, _budget).Should().Be((double)rest);
    }

    [Test]
    public void Dividing_by_zero_is_an_error()
    {
        foreach (var divide in new Func<object>[]
        {
            () => PythonOperations.FloorDivide(1L, 0L, _budget),
            () => PythonOperations.Modulo(1L, 0L, _budget),
            () => PythonOperations.TrueDivide(1L, 0L),
            () => PythonOperations.TrueDivide(1L, 0.0),
            () => PythonOperations.Power(0L, -1L, _budget),
        })
        {
            divide.Should().Throw<PythonErrorException>().Which.Kind.Should().Be("ZeroDivisionError");
        }
    }

    [Test]
    public void True_division_of_large_integers_is_rounded_correctly()
    {
        PythonOperations.TrueDivide(BigInteger.Pow(10, 400), BigInteger.Pow(10, 399)).Should().Be(10.0);
        PythonOperations.TrueDivide(BigInteger.Pow(2, 53) + 1, 1L).Should().Be(Math.Pow(2, 53));
        PythonOperations.TrueDivide(BigInteger.Pow(2, 54) + 3, 1L).Should().Be(Math.Pow(2, 54) + 4);
        PythonOperations.TrueDivide(1L, BigInteger.Pow(10, 400)).Should().Be(0.0);
        var tooLarge = () => PythonOperations.TrueDivide(BigInteger.Pow(10, 400), 1L);
        tooLarge.Should().Throw<PythonErrorException>().Which.Kind.Should().Be("OverflowError");
    }

    [TestCase(2.5, 0, 2.0)]
    [TestCase(3.5, 0, 4.0)]
    [TestCase(-0.5, 0, -0.0)]
    [TestCase(2.675, 2, 2.67)]
    [TestCase(1.005, 2, 1.0)]
    [TestCase(1234.5678, -2, 1200.0)]
    [TestCase(5e-324, 400, 5e-324)]
    public void A_float_is_rounded_half_to_even_over_its_exact_value(double number, int digits, double rounded) =>
        PythonOperations.Round(number, (long)digits, _budget).Should().Be(rounded);

    [TestCase(15L, -1, 20L)]
    [TestCase(25L, -1, 20L)]
    [TestCase(-15L, -1, -20L)]
    [TestCase(15L, 2, 15L)]
    [TestCase(15L, -400, 0L)]
    public void An_integer_is_rounded_to_tens(long number, int digits, long rounded) =>
        PythonOperations.Round(number, (long)digits, _budget).Should().Be(rounded);

    [TestCase(" 12 ", 12L)]
    [TestCase("-1_000", -1000L)]
    [TestCase("+7", 7L)]
    [TestCase("٣", 3L)]
    [TestCase("9223372036854775807", long.MaxValue)]
    public void A_text_is_read_as_an_integer(string text, long number) => PythonOperations.ToInteger(text, _budget).Should().Be(number);

    [TestCase("")]
    [TestCase("1__0")]
    [TestCase("_1")]
    [TestCase("1_")]
    [TestCase("1.0")]
    [TestCase("0x10")]
    [TestCase("- 1")]
    public void A_text_that_is_no_integer_is_an_error(string text)
    {
        var read = () => PythonOperations.ToInteger(text, _budget);
        read.Should().Throw<PythonErrorException>().Which.Kind.Should().Be("ValueError");
    }

    [TestCase("1.5", 1.5)]
    [TestCase(" -2e3\n", -2000.0)]
    [TestCase(".5", 0.5)]
    [TestCase("5.", 5.0)]
    [TestCase("1_0.5", 10.5)]
    [TestCase("-Infinity", double.NegativeInfinity)]
    [TestCase("nan", double.NaN)]
    public void A_text_is_read_as_a_float(string text, double number) => PythonOperations.ToFloat(text, _budget).Should().Be(number);

    [Test]
    public void Powers_are_exact_for_integers_and_floats_otherwise()
    {
        PythonOperations.Power(2L, 100L, _budget).Should().Be(BigInteger.Pow(2, 100));
        PythonOperations.Power(2L, -1L, _budget).Should().Be(0.5);
        PythonOperations.Power(2L, 10L, 1000L, _budget).Should().Be(24L);
        PythonOperations.Power(3L, -1L, 7L, _budget).Should().Be(5L);
        PythonOperations.Power(2L, 3L, -5L, _budget).Should().Be(-2L);
        PythonOperations.TypeName(PythonOperations.Power(-8L, 0.5, _budget)).Should().Be("complex");
    }

    [Test]
    public void Integers_beyond_python_s_limit_of_digits_are_not_printed()
    {
        var print = () => PythonOperations.ToText(BigInteger.Pow(10, 4300), _budget);
        print.Should().Throw<PythonErrorException>().Which.Kind.Should().Be("ValueError");
        PythonOperations.ToText(BigInteger.Pow(10, 4299), _budget).Should().HaveLength(4300);
    }
}
