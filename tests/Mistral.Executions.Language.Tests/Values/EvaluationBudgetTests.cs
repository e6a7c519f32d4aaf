using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Tests.Values;

public sealed class EvaluationBudgetTests
{
    [Test]
    public void Steps_run_out()
    {
        var budget = new EvaluationBudget(new EvaluationLimits { MaximumSteps = 2 });
        budget.Step();
        budget.Step();
        var step = budget.Step;
        step.Should().Throw<EvaluationLimitException>().WithMessage("*2 steps*");
        step.Should().Throw<EvaluationLimitException>();
    }

    [Test]
    public void Every_item_of_an_iterator_is_a_step()
    {
        var budget = new EvaluationBudget(new EvaluationLimits { MaximumSteps = 10 });
        var endless = PythonIterator.From(Enumerable.Repeat<object?>(null, int.MaxValue), budget);
        var collect = () => PythonOperations.Collect(endless, isTuple: false, budget);
        collect.Should().Throw<EvaluationLimitException>();
    }

    [Test]
    public void What_would_be_too_large_is_refused_before_it_is_made()
    {
        var budget = new EvaluationBudget(new EvaluationLimits { MaximumSize = 100 });
        foreach (var make in new Func<object>[]
        {
            () => PythonOperations.Multiply("a", 1_000_000_000L, budget),
            () => PythonOperations.Multiply(PythonList.List(1L), 1_000_000_000L, budget),
            () => PythonOperations.Power(7L, 1_000_000_000L, budget),
        })
        {
            make.Should().Throw<EvaluationLimitException>();
        }
    }

    [Test]
    public void Calls_nest_as_deep_as_the_limit_says()
    {
        var budget = new EvaluationBudget(new EvaluationLimits { MaximumDepth = 1 });
        budget.Enter();
        budget.Leave();
        budget.Enter();
        var enter = budget.Enter;
        enter.Should().Throw<EvaluationLimitException>().WithMessage("*1 deep*");
    }

    [Test]
    public void Sequences_nested_without_end_are_refused_before_the_stack_is_full()
    {
        var budget = new EvaluationBudget(new EvaluationLimits { MaximumSteps = int.MaxValue });
        object? value = null;
        for (var i = 0; i < 1_000_000; i++)
        {
            value = PythonList.Tuple(value);
        }

        var hash = () => PythonOperations.Hash(value, budget);
        hash.Should().Throw<EvaluationLimitException>();
        var print = () => PythonOperations.Represent(value, budget);
        print.Should().Throw<EvaluationLimitException>();
    }
}
