using FluentAssertions.Execution;

namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>Short ways to read documents and to say what must come of them.</summary>
internal static class Documents
{
    public static WorkflowDefinition ReadWorkflow(string text) => MistralLanguage.Read(text).Workflows.Should().ContainSingle().Subject;

    /// <summary>A direct workflow <c>wf</c> with these tasks, which start in line 4.</summary>
    public static string WithTasks(string tasks) => $"version: '2.0'\nwf:\n  tasks:\n{Indent(tasks, 4)}\n";

    /// <summary>The task <c>t</c> of a workflow that also has <c>a</c> and <c>b</c>; its attributes start in line 5.</summary>
    public static TaskDefinition ReadTask(string attributes) => ReadWorkflow(WithTask(attributes)).FindTask("t")!;

    public static string WithTask(string attributes) => WithTasks($"t:\n{Indent(attributes, 2)}\na: {{action: std.noop}}\nb: {{action: std.noop}}");

    public static IReadOnlyList<DefinitionFault> FaultsOf(string text)
    {
        Action read = () => MistralLanguage.Read(text, "file.yaml");
        return read.Should().Throw<DefinitionException>("of this text: {0}", text).Which.Faults;
    }

    public static DefinitionFault FaultOf(string text) => FaultsOf(text).Should().ContainSingle("of this text: {0}", text).Subject;

    public static DefinitionFault FaultOfTask(string attributes) => FaultOf(WithTask(attributes));

    public static void ShouldLieAt(this DefinitionFault fault, int line, int column, string path)
    {
        using var scope = new AssertionScope();
        fault.File.Should().Be("file.yaml");
        fault.Line.Should().Be(line);
        fault.Column.Should().Be(column);
        fault.Path.Should().Be(path);
    }

    /// <summary>The value of what does not depend on a context.</summary>
    public static JsonData Constant(this IExpression? expression) => expression.Should().BeOfType<ConstantExpression>().Subject.Value;

    public static JsonData Json(string text) => JsonData.Parse(text.Replace('\'', '"'));

    private static string Indent(string text, int spaces) => string.Join('\n', text.Split('\n').Select(l => new string(' ', spaces) + l));
}
