using Mistral.Executions;

namespace DocumentApproval;

/// <summary>
/// A person decides about a document. After three days the person is reminded, after two more somebody above is asked, and
/// when nobody has decided after another week, the document goes back.
/// </summary>
internal static class ApprovalWorkflow
{
    public const string Name = "approval";

    public const string Decision = "approval.decide";

    public static WorkflowDefinition Definition { get; } = new WorkflowBuilder(Name)
        .Input("document")
        .Input("sha256")
        .Input("author")
        .Input("approver")
        .Input("head")
        .Task("announce", t => Mail(t, "approver", c => $"{c["author"].AsString()} asks you to decide about {c["document"].AsString()}.").OnSuccess("ask"))
        .Task("ask", t => Ask(t, "approver", TimeSpan.FromDays(3)).OnError("remind"))
        .Task("remind", t => Mail(t, "approver", c => $"{c["document"].AsString()} still waits for you.").OnSuccess("ask_again"))
        .Task("ask_again", t => Ask(t, "approver", TimeSpan.FromDays(2)).OnError("escalate"))
        .Task("escalate", t => Mail(t, "head", c => $"{c["approver"].AsString()} has not decided about {c["document"].AsString()}: please do.").OnSuccess("ask_head"))
        .Task("ask_head", t => Ask(t, "head", TimeSpan.FromDays(7)).OnError("give_up"))
        .Task("file", t => t
            .Action("office.file").Input(c => new { document = c["document"], sha256 = c["sha256"], by = c["by"], comment = c["comment"] })
            .Publish("filed", c => c.Result())
            .OnSuccess("tell"))
        .Task("tell", t => Mail(t, "author", c => $"{c["by"].AsString()} approved {c["document"].AsString()}."))
        .Task("return", t => Mail(t, "author", c => $"{c["by"].AsString()} did not approve {c["document"].AsString()}: {c["comment"].AsString()}"))
        .Task("give_up", t => Mail(t, "author", c => $"Nobody decided about {c["document"].AsString()}.").OnSuccess(Routes.Fail("Nobody decided.")))
        .Output("approved", c => c["approved"])
        .Output("by", c => c["by"])
        .Output("filed", c => c["filed"])
        .Build();

    public static void Register(ExecutionEngineOptions options, Office office) => options
        .AddWorkflow(Definition)
        .AddOutsideAction(Decision)
        .AddAction<Mail, string>("office.mail", (mail, context, cancel) => office.MailAsync(mail, context, cancel))
        .AddAction<Approval, string>("office.file", (approval, _, cancel) => office.FileAsync(approval, cancel));

    /// <summary>A task that waits for a person, so long and no longer.</summary>
    private static TaskBuilder Ask(TaskBuilder task, string person, TimeSpan limit) => task
        .Action(Decision).Input(c => new { document = c["document"], person = c[person] })
        .Timeout(limit)
        .Publish("approved", c => c.Result()["approved"])
        .Publish("by", c => c.Result()["by"])
        .Publish("comment", c => c.Result()["comment"])
        .OnSuccess("file", when: c => c.Get<bool>("approved"))
        .OnSuccess("return", when: c => !c.Get<bool>("approved"));

    private static TaskBuilder Mail(TaskBuilder task, string to, Func<IExpressionContext, string> text) => task
        .Action("office.mail").Input(c => new { to = c[to], text = text(c) })
        .Retry(5, TimeSpan.FromMinutes(1));
}
