using Mistral.Executions.Actions;
using Mistral.Executions.Actions.Standard;

namespace Mistral.Executions.Tests.Actions;

public sealed class ActionRegistryTests
{
    private static readonly ActionRegistry Standard = ActionRegistry.Of(StandardActions.All);

    [Test]
    public void An_action_is_found_by_its_name_in_every_namespace()
    {
        Standard.Find("std.echo", "")!.Name.Should().Be("std.echo");
        Standard.Find("std.echo", "anywhere")!.Name.Should().Be("std.echo");
        Standard.Find("std.ech", "").Should().BeNull();
        Standard.Find("STD.ECHO", "").Should().BeNull();
    }

    [Test]
    public void The_host_cannot_register_one_name_twice()
    {
        var registry = Standard.With(ActionFactory.Outside("approve"));

        var again = () => registry.With(ActionFactory.Outside("approve"));

        again.Should().Throw<ArgumentException>().WithMessage("*'approve' is registered twice*");
    }

    [Test]
    public void The_host_can_replace_a_standard_action()
    {
        var mine = ActionFactory.Outside("std.echo");

        Standard.With(mine).Find("std.echo", "").Should().BeSameAs(mine);
        Standard.Find("std.echo", "").Should().NotBeSameAs(mine);
    }

    [Test]
    public void An_ad_hoc_action_is_found_in_its_namespace_before_the_one_without_a_name()
    {
        var registry = Standard.With(
        [
            new AdHocActionDefinition { Name = "greet", Base = "std.noop" },
            new AdHocActionDefinition { Name = "greet", Namespace = "shop", Base = "std.async_noop" },
        ]);

        registry.Find("greet", "shop")!.Body.Name.Should().Be("std.async_noop");
        registry.Find("greet", "elsewhere")!.Body.Name.Should().Be("std.noop");
    }

    [Test]
    public void A_later_ad_hoc_definition_replaces_an_earlier_one()
    {
        var registry = Standard
            .With([new AdHocActionDefinition { Name = "greet", Base = "std.noop" }])
            .With([new AdHocActionDefinition { Name = "greet", Base = "std.fail" }]);

        registry.Find("greet", "")!.Body.Name.Should().Be("std.fail");
    }

    [Test]
    public void An_ad_hoc_action_cannot_take_the_name_of_an_action_in_csharp()
    {
        var define = () => Standard.With([new AdHocActionDefinition { Name = "std.echo", Base = "std.noop" }]);

        define.Should().Throw<DefinitionException>().WithMessage("*'std.echo'*registered in C#*");
    }

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("with\u0007bell")]
    public void A_name_that_nobody_can_write_is_refused(string name)
    {
        var register = () => ActionFactory.Outside(name);

        register.Should().Throw<ArgumentException>();
    }

    [Test]
    public void A_name_has_at_most_255_characters()
    {
        ActionFactory.Outside(new string('n', 255)).Name.Should().HaveLength(255);
        var register = () => ActionFactory.Outside(new string('n', 256));
        register.Should().Throw<ArgumentException>().WithMessage("*1 to 255 characters*");
    }
}
