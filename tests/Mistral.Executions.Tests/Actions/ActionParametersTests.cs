using Mistral.Executions.Actions;

namespace Mistral.Executions.Tests.Actions;

public sealed class ActionParametersTests
{
    private static readonly ActionParameters OneRequiredOneOptional = ActionParameters.Of(["output"], ["delay"]);

    [Test]
    public void An_input_with_all_required_names_and_no_others_is_right()
    {
        OneRequiredOneOptional.Check("a", ActionBench.Input(("output", 1))).Should().BeNull();
        OneRequiredOneOptional.Check("a", ActionBench.Input(("output", JsonData.Null), ("delay", 2))).Should().BeNull();
    }

    [Test]
    public void What_is_missing_and_what_is_surplus_is_named_with_the_action_and_what_it_takes()
    {
        OneRequiredOneOptional.Check("std.echo", ActionBench.Input(("wrong", 1), ("worse", 2))).Should().Be(
            "The input of action 'std.echo' is wrong: missing 'output'; unexpected 'wrong', 'worse'. It takes 'output', 'delay' (optional).");
        OneRequiredOneOptional.Check("std.echo", ActionBench.Input(("output", 1), ("wrong", 1))).Should().StartWith(
            "The input of action 'std.echo' is wrong: unexpected 'wrong'.");
    }

    [Test]
    public void An_action_without_parameters_takes_none()
    {
        ActionParameters.None.Check("std.noop", JsonMap.Empty).Should().BeNull();
        ActionParameters.None.Check("std.noop", ActionBench.Input(("x", 1))).Should().EndWith("unexpected 'x'. It takes no parameters.");
    }

    [Test]
    public void An_action_with_any_parameters_takes_all()
    {
        ActionParameters.Any.Check("a", ActionBench.Input(("x", 1))).Should().BeNull();
        ActionParameters.Any.Check("a", JsonMap.Empty).Should().BeNull();
    }
}
