using Mistral.Executions.Language.Yaml;

namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>A name with parameters in one line.</summary>
public sealed class InlineCommandTests
{
    [TestCase("std.echo", "std.echo", "{}")]
    [TestCase("std.echo output='x'", "std.echo", "{'output':'x'}")]
    [TestCase("std.echo output=\"x y\"", "std.echo", "{'output':'x y'}")]
    [TestCase("a n=3 t=true f=false z=null", "a", "{'n':3,'t':true,'f':false,'z':null}")]
    [TestCase("a n=12345678901234567890123", "a", "{'n':12345678901234567890123}")]
    [TestCase("a n=007 m=1.5", "a", "{'n':'007','m':1}")]
    [TestCase("a n=-1 m=x k=2", "a", "{'k':2}")]
    [TestCase("a l=[1, \"x\", {\"y\": null}] k=1", "a", "{'l':[1,'x',{'y':null}],'k':1}")]
    [TestCase("a l=[1,,2]", "a", "{'l':'[1,,2]'}")]
    [TestCase("a l=[1] m=[2]", "a", "{'l':'[1] m=[2]'}")]
    [TestCase("a x=<% $.y + 1 %> z=2", "a", "{'x':'<% $.y + 1 %>','z':2}")]
    [TestCase("a x={{ _.y }}{{ _.z }}", "a", "{'x':'{{ _.y }}'}")]
    [TestCase("a x=<% $.y", "a", "{}")]
    [TestCase("a x=\"<% $.y %> z\"", "a", "{'x':'<% $.y %> z'}")]
    [TestCase("a x=\"never closed", "a", "{}")]
    [TestCase("a x=\"\"", "a", "{'x':''}")]
    [TestCase("a my-name_1=1 x==2", "a", "{'my-name_1':1}")]
    [TestCase("a x=1 x=2", "a", "{'x':2}")]
    [TestCase("a truth=truest", "a", "{'truth':true}")]
    [TestCase("<% $.name %> x=1", "<% $.name %>", "{'x':1}")]
    [TestCase("{{ _.name }} x=1", "{{ _.name }}", "{'x':1}")]
    [TestCase("{% if _.a %}x{% endif %} x=1", "{% if _.a %}x{% endif %}", "{'x':1}")]
    [TestCase("wb.wf-1 x=1", "wb.wf-1", "{'x':1}")]
    [TestCase("fail(msg=\"no way\")", "fail", "{'msg':'no way'}")]
    public void A_line_is_a_name_and_its_parameters(string line, string name, string parameters)
    {
        var command = InlineCommand.Parse(line)!;
        command.Name.Should().Be(name);
        command.Parameters.ToString().Should().Be(parameters.Replace('\'', '"'));
    }

    [Test]
    public void Each_kind_of_quotes_can_hold_the_other()
    {
        InlineCommand.Parse("a x=\"it's\" y='\"'")!.Parameters.Should().Equal(JsonMap.Create(("x", "it's"), ("y", "\"")));
    }

    [Test]
    public void Without_a_space_a_line_is_a_name_even_when_it_looks_otherwise()
    {
        InlineCommand.Parse("std.echo(x=1)")!.Name.Should().Be("std.echo(x=1)");
        InlineCommand.Parse("=").Should().Be(new InlineCommand("=", JsonMap.Empty));
    }

    [Test]
    public void A_route_can_have_its_parameter_in_parentheses_without_a_space()
    {
        var command = InlineCommand.ParseRoute("fail(msg='no')")!;
        command.Name.Should().Be("fail");
        command.Parameters["msg"].AsString().Should().Be("no");
    }

    [TestCase("= x=1")]
    [TestCase("\"a b\" x=1")]
    [TestCase("<% x=1")]
    [TestCase("-x y=1")]
    public void A_line_that_starts_with_neither_a_name_nor_an_expression_is_none(string line) => InlineCommand.Parse(line).Should().BeNull();

    [TestCase("x=<% ")]
    [TestCase("x={{ ")]
    [TestCase("x=[1 ")]
    [TestCase("x=\" ' ")]
    [TestCase("a-a")]
    [TestCase("x=[]x=[]")]
    public void Time_grows_with_the_length_of_the_line_only(string part)
    {
        var line = "a " + string.Concat(Enumerable.Repeat(part, 4_000_000 / part.Length));
        InlineCommand.Parse(line)!.Name.Should().Be("a");
    }

    [TestCase("i in [1, 2]", "i", "[1,2]")]
    [TestCase("  i  in  <% $.x %> ", "i", "'<% $.x %>'")]
    [TestCase("i in{{ _.x }}", "i", "'{{ _.x }}'")]
    [TestCase("iin [1]", "i", "[1]")]
    [TestCase("in in [[1], [2]]", "in", "[[1],[2]]")]
    [TestCase("my-item in [\"<% $.x %>\"] and more", "my-item", "['<% $.x %>']")]
    public void Items_come_from_a_list_or_an_expression(string line, string name, string collection)
    {
        var item = ItemSyntax.Parse(line)!;
        item.Name.Should().Be(name);
        item.Collection.ToString().Should().Be(collection.Replace('\'', '"'));
    }

    [TestCase("i in x")]
    [TestCase("i of [1]")]
    [TestCase("i in []")]
    [TestCase("in [1]")]
    [TestCase("<% $.x %>")]
    [TestCase("i in <% $.x")]
    [TestCase(" ")]
    public void Every_other_line_is_no_item(string line) => ItemSyntax.Parse(line).Should().BeNull();
}
