using System.Runtime.CompilerServices;
using Mistral.Executions;

namespace DocumentApproval;

/// <summary>Does what the lines of a console say.</summary>
internal sealed class ApprovalDesk(ExecutionEngine engine, TextWriter answers)
{
    public const string Usage = """
        submit FILE AUTHOR APPROVER HEAD     a document is to be decided about
        list                                 what waits for whom
        approve NAME PERSON [COMMENT]        the name is that of the file
        reject NAME PERSON COMMENT
        explain NAME
        quit
        """;

    public async Task HandleAsync(string line, CancellationToken cancellationToken = default)
    {
        var words = line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        try
        {
            await (words switch
            {
                [] => Task.CompletedTask,
                ["submit", var file, var author, var others] when others.Split(' ') is [var approver, var head] => SubmitAsync(file, author, approver, head, cancellationToken),
                ["list"] => ListAsync(cancellationToken),
                ["approve", var name, var person, .. var rest] => DecideAsync(name, new(true, person, string.Concat(rest)), cancellationToken),
                ["reject", var name, var person, var comment] => DecideAsync(name, new(false, person, comment), cancellationToken),
                ["explain", var name] => ExplainAsync(name, cancellationToken),
                _ => answers.WriteLineAsync(Usage),
            });
        }
        catch (Exception exception) when (exception is ExecutionException or IOException or UnauthorizedAccessException)
        {
            await answers.WriteLineAsync(exception.Message);
        }
    }

    private async Task SubmitAsync(string file, string author, string approver, string head, CancellationToken cancellationToken)
    {
        var document = Path.GetFullPath(file);
        var sha256 = await Office.HashAsync(document, cancellationToken);
        var name = Path.GetFileName(document);
        var run = await engine.StartAsync(ApprovalWorkflow.Name, new { document, sha256, author, approver, head }, new() { Id = name }, cancellationToken);
        await answers.WriteLineAsync(run.IsNew ? $"{name} was submitted: {approver} is asked." : $"{name} was submitted before.");
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        await foreach (var (name, person, asked) in WaitingAsync(new(), cancellationToken))
        {
            await answers.WriteLineAsync($"{name} waits for {person} since {asked.CreatedAt:u}.");
        }
    }

    private async Task DecideAsync(string name, Verdict verdict, CancellationToken cancellationToken)
    {
        await foreach (var (_, person, asked) in WaitingAsync(new() { RootExecutionId = name }, cancellationToken))
        {
            if (person != verdict.By)
            {
                await answers.WriteLineAsync($"It is for {person} to decide about {name}.");
                return;
            }

            await engine.CompleteActionAsync(asked.Id, ActionResult.Success(JsonData.FromObject(verdict)), cancellationToken);
            await answers.WriteLineAsync($"{name} was {(verdict.Approved ? "approved" : "rejected")} by {person}.");
            return;
        }

        await answers.WriteLineAsync($"No {name} waits for a decision.");
    }

    private async Task ExplainAsync(string name, CancellationToken cancellationToken) =>
        await answers.WriteLineAsync((await engine.ExplainAsync(name, cancellationToken)).ToString());

    /// <summary>The questions that are open. One whose time is up may still have no answer: its task has ended.</summary>
    private async IAsyncEnumerable<(string Name, string Person, ActionExecution Asked)> WaitingAsync(
        ExecutionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query = query with { Name = ApprovalWorkflow.Decision, States = [ExecutionState.Running] };
        await foreach (var asked in engine.QueryActionsAsync(query, cancellationToken))
        {
            if (!(await engine.GetTaskAsync(asked.TaskExecutionId!, cancellationToken)).State.IsCompleted())
            {
                yield return (asked.RootExecutionId!, asked.Input["person"].AsString(), asked);
            }
        }
    }
}
