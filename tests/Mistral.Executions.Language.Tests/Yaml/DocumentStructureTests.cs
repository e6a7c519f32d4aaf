using System.Text;

namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>YAML itself: comments, anchors, merge keys, duplicates, and what is too large to be read.</summary>
public sealed class DocumentStructureTests
{
    [Test]
    public void Comments_are_passed_over() =>
        Documents.ReadTask("# one\naction: std.echo # two\ninput:\n  # three\n  output: 'a # b'").Input.Constant().Should().Be(Documents.Json("{'output':'a # b'}"));

    [Test]
    public void An_alias_repeats_what_its_anchor_marks()
    {
        var workflow = Documents.ReadWorkflow("""
            version: '2.0'
            wf:
              tasks:
                a:
                  action: std.echo
                  input: &common {output: hi}
                b:
                  action: std.echo
                  input: *common
            """);
        workflow.FindTask("b")!.Input.Constant().Should().Be(workflow.FindTask("a")!.Input.Constant());
    }

    [Test]
    public void A_merge_key_adds_members_under_those_of_the_mapping_and_the_first_of_several_wins()
    {
        var workflow = Documents.ReadWorkflow("""
            version: '2.0'
            wf:
              tasks:
                a: &first
                  action: std.echo
                  input: {output: 1}
                  tags: [x]
                b: &second
                  description: of b
                  input: {output: 2}
                c:
                  <<: [*first, *second]
                  input: {output: 3}
            """);
        var task = workflow.FindTask("c")!;
        task.Action.Constant().Should().Be((JsonData)"std.echo");
        task.Input.Constant().Should().Be(Documents.Json("{'output':3}"));
        task.Description.Should().Be("of b");
        task.Tags.Should().Equal("x");
        Documents.FaultOfTask("<<: 1\naction: std.noop").ShouldLieAt(5, 11, "wf.tasks.t.<<");
    }

    [Test]
    public void A_name_that_stands_twice_in_a_mapping_is_refused_where_it_stands_again()
    {
        var fault = Documents.FaultOfTask("action: std.noop\ninput: {a: 1}\naction: std.echo");
        fault.ShouldLieAt(7, 7, "wf.tasks.t.action");
        fault.Reason.Should().Contain("line 5");
    }

    [Test]
    public void Names_that_are_numbers_or_booleans_are_taken_as_written() =>
        Documents.ReadTask("input: {1: a, yes: b, ~: c, 0x10: d}").Input.Constant().Should().Be(Documents.Json("{'1':'a','yes':'b','~':'c','0x10':'d'}"));

    [Test]
    public void An_alias_without_its_anchor_is_refused_as_is_an_anchor_inside_itself()
    {
        Documents.FaultOfTask("input: {a: *none}").ShouldLieAt(5, 18, "wf.tasks.t.input.a");
        Documents.FaultOfTask("input: &me {a: *me}").Reason.Should().Contain("cannot contain itself");
    }

    [Test]
    public void An_expression_in_double_braces_without_quotes_is_refused_with_that_advice() =>
        Documents.FaultsOf(Documents.WithTask("publish: {a: {{ x }}}")).Should().Contain(f => f.Reason.Contains("must be in quotes"));

    [Test]
    public void Text_that_is_no_yaml_is_refused_with_its_place()
    {
        var fault = Documents.FaultOf("version: '2.0'\nwf:\n  tasks: [a\n");
        fault.Line.Should().BeGreaterThan(2);
        fault.Reason.Should().Contain("no valid YAML");
        Documents.FaultOf("a: {b: - c}").Reason.Should().Contain("no valid YAML");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(0x7f)]
    [TestCase(0xd800)]
    [TestCase(0xdc00)]
    [TestCase(0xffff)]
    public void A_character_that_yaml_does_not_allow_is_refused_with_its_place(int character)
    {
        var fault = Documents.FaultOf($"a: b\nc: {(char)character}x");
        (fault.Line, fault.Column).Should().Be((2, 4));
        fault.Reason.Should().Contain("U+");
    }

    [Test]
    public void A_second_document_is_refused() =>
        Documents.FaultOf(Documents.WithTask("action: std.noop") + "---\nx: 1").Reason.Should().Contain("second YAML document");

    [TestCase("")]
    [TestCase("# nothing\n")]
    [TestCase("--- \n...\n")]
    [TestCase("[a, b]")]
    [TestCase("text")]
    [TestCase("{}")]
    public void A_document_that_is_no_mapping_is_refused(string text) => Documents.FaultOf(text).Reason.Should().StartWith("Expected a mapping with 'version'");

    [Test]
    public void Aliases_that_multiply_are_refused_before_they_cost_anything()
    {
        var text = new StringBuilder("version: '2.0'\nx0: &x0 [a, a, a, a, a, a, a, a, a, a]\n");
        for (var i = 1; i < 60; i++)
        {
            text.Append($"x{i}: &x{i} [*x{i - 1}, *x{i - 1}, *x{i - 1}, *x{i - 1}, *x{i - 1}, *x{i - 1}, *x{i - 1}, *x{i - 1}, *x{i - 1}, *x{i - 1}]\n");
        }

        Documents.FaultOf(text.ToString()).Reason.Should().Contain(nameof(LanguageLimits.MaximumNodes));
    }

    [Test]
    public void Merge_keys_that_multiply_are_refused_too()
    {
        var text = new StringBuilder("version: '2.0'\nx0: &x0 {a: [1, 2, 3, 4, 5, 6, 7, 8, 9]}\n");
        for (var i = 1; i < 60; i++)
        {
            text.Append($"x{i}: &x{i}\n  <<: *x{i - 1}\n  b{i}: [*x{i - 1}, *x{i - 1}, *x{i - 1}]\n");
        }

        Documents.FaultOf(text.ToString()).Reason.Should().Contain(nameof(LanguageLimits.MaximumNodes));
    }

    [Test]
    public void Each_limit_is_told_by_name()
    {
        Refusal(Documents.WithTask("action: std.noop"), new() { MaximumLength = 40 }).Should().Contain("MaximumLength").And.Contain("40");
        Refusal(Documents.WithTask("input: {a: [[[1]]]}"), new() { MaximumDepth = 7 }).Should().Contain("MaximumDepth").And.Contain("wf.tasks.t.input.a[0][0]");
        Refusal(Documents.WithTask("action: std.noop"), new() { MaximumNodes = 10 }).Should().Contain("MaximumNodes");
        Refusal("version: '2.0'\nwf: " + new string('[', 200_000), LanguageLimits.Default).Should().Contain("MaximumDepth");

        static string Refusal(string text, LanguageLimits limits)
        {
            Action read = () => MistralLanguage.Read(text, limits: limits);
            return read.Should().Throw<DefinitionException>().Which.Message;
        }
    }

    [Test]
    public void Openings_of_expressions_on_many_lines_cost_no_more_than_their_length() =>
        Documents.ReadTask($"input: {{x: \"{string.Concat(Enumerable.Repeat("<% \\n", 500_000))} %>\"}}").Input.Should().BeOfType<ConstantExpression>();

    [Test]
    public void No_more_faults_are_told_than_the_limit()
    {
        var tasks = string.Join('\n', Enumerable.Range(0, 50).Select(i => $"t{i}: {{akshun: x}}"));
        Action read = () => MistralLanguage.Read(Documents.WithTasks(tasks), limits: new() { MaximumFaults = 20 });
        read.Should().Throw<DefinitionException>().Which.Faults.Should().HaveCount(20);
    }
}
