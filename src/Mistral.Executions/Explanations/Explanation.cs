using System.Globalization;
using System.Text;

namespace Mistral.Executions;

/// <summary>Why an execution is where it is, with what that comes from below it.</summary>
public sealed record Explanation
{
    /// <summary>The kind of execution.</summary>
    public required ExecutionKind Kind { get; init; }

    /// <summary>The name of the workflow, task or action.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the execution; <see langword="null"/> for a task that was not started.</summary>
    public string? Id { get; init; }

    /// <summary>The state; <see langword="null"/> for a task that was not started.</summary>
    public ExecutionState? State { get; init; }

    /// <summary>The reason, for programs.</summary>
    public required ReasonKind Reason { get; init; }

    /// <summary>The reason, for people: whole sentences, with times in UTC.</summary>
    public required string Sentence { get; init; }

    /// <summary>Since when that is so, where it is known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it will change by itself, at the latest; <see langword="null"/> when it will not, or nobody knows.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What it comes from: of a failure, the first cause first.</summary>
    public IReadOnlyList<Explanation> Children { get; init; } = [];

    /// <summary>Whether there is more below than <see cref="Children"/> say.</summary>
    public bool HasMore { get; init; }

    /// <summary>The explanation as text: a line for each execution, those below it indented.</summary>
    /// <returns>The text, without a line feed at its end.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text, 0);
        return text.ToString();
    }

    private void Write(StringBuilder text, int depth)
    {
        text.Append(' ', depth * 2).Append(CultureInfo.InvariantCulture, $"{KindName} '{Name}'");
        if (State is { } state)
        {
            text.Append(' ').Append(state.ToWireName());
        }

        text.Append(": ").Append(Sentence.ReplaceLineEndings(" "));
        foreach (var child in Children)
        {
            text.Append('\n');
            child.Write(text, depth + 1);
        }

        if (HasMore)
        {
            text.Append('\n').Append(' ', (depth + 1) * 2).Append("and more");
        }
    }

    private string KindName => Kind switch
    {
        ExecutionKind.Workflow => "workflow",
        ExecutionKind.Task => "task",
        _ => "action",
    };
}
