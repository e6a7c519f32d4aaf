namespace Mistral.Executions.Tests.Definitions;

public sealed class DefinitionFaultTests
{
    [Test]
    public void A_fault_reads_as_place_then_reason()
    {
        new DefinitionFault("Wrong.").ToString().Should().Be("Wrong.");
        new DefinitionFault("Wrong.") { Workflow = "order" }.ToString().Should().Be("workflow 'order': Wrong.");
        new DefinitionFault("Wrong.") { Workflow = "order", Task = "ship" }.ToString().Should().Be("workflow 'order', task 'ship': Wrong.");
        new DefinitionFault("Wrong.") { Line = 3, Column = 7 }.ToString().Should().Be("line 3, column 7: Wrong.");
        new DefinitionFault("Wrong.") { File = "a.yaml", Line = 3, Column = 7, Path = "order.tasks" }.ToString().Should().Be("a.yaml:3:7: Wrong. (at order.tasks)");
    }

    [Test]
    public void An_exception_of_one_fault_is_that_fault()
    {
        var exception = new DefinitionException(new DefinitionFault("Wrong."));

        exception.Message.Should().Be("Wrong.");
        exception.Faults.Should().ContainSingle();
    }

    [Test]
    public void An_exception_of_several_faults_shows_them_all() =>
        new DefinitionException(new DefinitionFault("One."), new DefinitionFault("Two.")).Message.Should().StartWith("2 faults").And.ContainAll("One.", "Two.");

    [Test]
    public void An_exception_without_a_fault_cannot_be_made() =>
        FluentActions.Invoking(() => new DefinitionException()).Should().Throw<ArgumentOutOfRangeException>();
}
