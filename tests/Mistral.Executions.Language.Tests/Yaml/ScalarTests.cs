using Mistral.Executions.Language.Yaml;

namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>Plain scalars have the types of YAML 1.1, as Mistral reads them.</summary>
public sealed class ScalarTests
{
    [TestCase("", "null")]
    [TestCase("~", "null")]
    [TestCase("null", "null")]
    [TestCase("Null", "null")]
    [TestCase("NULL", "null")]
    [TestCase("nUll", "'nUll'")]
    [TestCase("yes", "true")]
    [TestCase("On", "true")]
    [TestCase("TRUE", "true")]
    [TestCase("no", "false")]
    [TestCase("OFF", "false")]
    [TestCase("False", "false")]
    [TestCase("y", "'y'")]
    [TestCase("oN", "'oN'")]
    [TestCase("0", "0")]
    [TestCase("-12", "-12")]
    [TestCase("+12", "12")]
    [TestCase("1_000", "1000")]
    [TestCase("123456789012345678901234567890", "123456789012345678901234567890")]
    [TestCase("017", "15")]
    [TestCase("08", "'08'")]
    [TestCase("0b101", "5")]
    [TestCase("0x1F", "31")]
    [TestCase("-0xff", "-255")]
    [TestCase("0o17", "'0o17'")]
    [TestCase("1:30", "90")]
    [TestCase("190:20:30", "685230")]
    [TestCase("1:60", "'1:60'")]
    [TestCase("01:30", "'01:30'")]
    [TestCase("1.5", "1.5")]
    [TestCase("1.", "1.0")]
    [TestCase(".5", "0.5")]
    [TestCase("-.5", "'-.5'")]
    [TestCase("1.5e+3", "1500.0")]
    [TestCase("1.5e3", "'1.5e3'")]
    [TestCase("1e3", "'1e3'")]
    [TestCase("1_0.2_5", "10.25")]
    [TestCase("1:30.5", "90.5")]
    [TestCase("1.2.3", "'1.2.3'")]
    [TestCase("-", "'-'")]
    [TestCase("+", "'+'")]
    [TestCase(".", "'.'")]
    [TestCase("0x", "'0x'")]
    [TestCase("12a", "'12a'")]
    [TestCase("2001-12-14", "'2001-12-14'")]
    [TestCase("on-success", "'on-success'")]
    public void A_plain_scalar_has_the_type_of_its_form(string text, string json) =>
        ScalarResolver.Resolve(text).ToString().Should().Be(json.Replace('\'', '"'));

    [TestCase(".inf")]
    [TestCase("-.INF")]
    [TestCase(".nan")]
    [TestCase("1.0e+999")]
    public void A_number_that_json_cannot_write_is_refused(string text)
    {
        var resolve = () => ScalarResolver.Resolve(text);
        resolve.Should().Throw<FormatException>();
        Documents.FaultOfTask($"input: {{x: {text}}}").ShouldLieAt(5, 18, "wf.tasks.t.input.x");
    }

    [Test]
    public void A_number_too_long_to_be_meant_is_text()
    {
        var digits = new string('7', ScalarResolver.MaximumNumberLength + 1);
        ScalarResolver.Resolve(digits).Kind.Should().Be(JsonKind.String);
        ScalarResolver.Resolve(digits[1..]).Kind.Should().Be(JsonKind.Integer);
    }

    [Test]
    public void Quotes_and_blocks_make_text_of_anything()
    {
        var input = Documents.ReadTask("input:\n  a: \"1\"\n  b: 'yes'\n  c: |\n    2\n  d: !!str 3\n  e: >-\n    on\n    off").Input.Constant();
        input.Should().Be(Documents.Json("{'a':'1','b':'yes','c':'2\\n','d':'3','e':'on off'}"));
    }

    [Test]
    public void A_tag_that_fits_is_taken_and_every_other_is_refused()
    {
        Documents.ReadTask("input: {a: !!int '3', b: !!float 3, c: !!bool 'no', d: !!null '', e: !!map {x: 1}, f: !!seq [1]}").Input.Constant()
            .Should().Be(Documents.Json("{'a':3,'b':3.0,'c':false,'d':null,'e':{'x':1},'f':[1]}"));
        Documents.FaultOfTask("input: {a: !!int x}").Reason.Should().Contain("tag:yaml.org,2002:int");
        Documents.FaultOfTask("input: {a: !mine x}").Reason.Should().Contain("!mine");
        Documents.FaultOfTask("input: {a: !!set {x}}").Reason.Should().Contain("set");
    }
}
