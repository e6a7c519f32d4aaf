using System.Text;

namespace Mistral.Executions;

/// <summary>One thing that is wrong in a definition, and where.</summary>
/// <param name="Reason">What is wrong, and what was expected.</param>
public sealed record DefinitionFault(string Reason)
{
    /// <summary>The file, when the definition came from one.</summary>
    public string? File { get; init; }

    /// <summary>The line, from 1, when the definition came from a text.</summary>
    public int? Line { get; init; }

    /// <summary>The column, from 1, when the definition came from a text.</summary>
    public int? Column { get; init; }

    /// <summary>The workflow, when the fault lies in one.</summary>
    public string? Workflow { get; init; }

    /// <summary>The task, when the fault lies in one.</summary>
    public string? Task { get; init; }

    /// <summary>The path inside the document, as <c>my_workflow.tasks.t1.on-success[0]</c>, when the definition came from a text.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// Which attribute of the workflow or task is at fault, in the words of the language with the place from 0, as
    /// <c>on-success[1]</c>, <c>join</c> or <c>input[0]</c>, for a reader to find its line; <see langword="null"/> for the
    /// workflow or task itself.
    /// </summary>
    internal string? Attribute { get; init; }

    /// <summary>The fault in one line: place, then reason.</summary>
    /// <returns>The line.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (File is not null || Line is not null)
        {
            text.Append(File ?? "line").Append(File is null ? ' ' : ':').Append(Line ?? 1);
            if (Column is not null)
            {
                text.Append(File is null ? ", column " : ":").Append(Column);
            }

            text.Append(": ");
        }

        if (Workflow is not null)
        {
            text.Append("workflow '").Append(Workflow).Append('\'');
            text.Append(Task is null ? ": " : $", task '{Task}': ");
        }

        text.Append(Reason);
        return Path is null ? text.ToString() : text.Append(" (at ").Append(Path).Append(')').ToString();
    }
}
