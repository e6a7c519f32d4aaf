using DocumentApproval;
using Mistral.Executions.Testing;

namespace Mistral.Executions.Samples.Tests;

public sealed class DocumentApprovalTests : TemporaryFolder
{
    private static readonly string[] Submitted = ["announce", "ask"];

    private StringWriter _answers = null!;

    private string Document => Path.Combine(Folder, "offer.txt");

    [SetUp]
    public void WriteDocument()
    {
        File.WriteAllText(Document, "We offer a bridge.");
        _answers = new();
    }

    [Test]
    public async Task An_approved_document_is_filed_with_its_approval()
    {
        await using var host = CreateHost();
        var desk = await SubmitAsync(host);
        await host.AdvanceAsync(TimeSpan.FromDays(1));

        await SayAsync(host, desk, "list", "approve offer.txt carol", "approve offer.txt bob fine with me", "list", "explain offer.txt");

        (await host.GetRunAsync("offer.txt")).ShouldSucceed().ShouldHaveRun([.. Submitted, "file", "tell"]);
        (await File.ReadAllTextAsync("approved/offer.txt")).Should().Be("We offer a bridge.");
        (await File.ReadAllTextAsync("approved/offer.txt.approval")).Should().StartWith("Approved by bob: fine with me\nSHA-256 ");
        Mails().Should().BeEquivalentTo("To: bob: ann asks you to decide about offer.txt.", "To: ann: bob approved offer.txt.");
        Answers().Should().Equal(
            "offer.txt was submitted: bob is asked.",
            "offer.txt waits for bob since 2026-01-01 00:00:00Z.",
            "It is for bob to decide about offer.txt.",
            "offer.txt was approved by bob.",
            "workflow 'approval' SUCCESS: Ended in SUCCESS at 2026-01-02 00:00:00Z.");
    }

    [Test]
    public async Task A_rejected_document_goes_back_with_the_comment()
    {
        await using var host = CreateHost();
        var desk = await SubmitAsync(host);

        await SayAsync(host, desk, "reject offer.txt bob too dear by half");

        (await host.GetRunAsync("offer.txt")).ShouldSucceed().ShouldHaveRun([.. Submitted, "return"]);
        Directory.Exists("approved").Should().BeFalse();
        Mails().Should().Contain("To: ann: bob did not approve offer.txt: too dear by half");
    }

    [Test]
    public async Task Who_does_not_decide_is_reminded_and_then_somebody_above_is_asked()
    {
        await using var host = CreateHost();
        var desk = await SubmitAsync(host);
        await host.AdvanceAsync(TimeSpan.FromDays(2.9));
        Mails().Should().HaveCount(1);
        await host.AdvanceAsync(TimeSpan.FromDays(0.2));
        Mails().Should().HaveCount(2);
        await host.AdvanceAsync(TimeSpan.FromDays(2));

        await SayAsync(host, desk, "list", "approve offer.txt bob", "approve offer.txt carol");

        (await host.GetRunAsync("offer.txt")).ShouldSucceed().ShouldHaveRun([.. Submitted, "remind", "ask_again", "escalate", "ask_head", "file", "tell"]);
        Answers().Skip(1).Should().Equal(
            "offer.txt waits for carol since 2026-01-06 00:00:00Z.", "It is for carol to decide about offer.txt.", "offer.txt was approved by carol.");
    }

    [Test]
    public async Task Nobody_decides_and_the_document_goes_back_after_twelve_days()
    {
        await using var host = CreateHost();
        await SubmitAsync(host);

        var run = await host.RunToEndAsync("offer.txt");

        run.ShouldFail("Nobody decided.").Took.Should().Be(TimeSpan.FromDays(12));
        Mails().Should().Contain("To: ann: Nobody decided about offer.txt.");
    }

    [Test]
    public async Task A_document_that_was_changed_meanwhile_is_not_filed()
    {
        await using var host = CreateHost();
        var desk = await SubmitAsync(host);
        await File.AppendAllTextAsync(Document, " Cheap!");

        await SayAsync(host, desk, "approve offer.txt bob");

        (await host.GetRunAsync("offer.txt")).ShouldFail("was changed after it was submitted");
        Directory.Exists("approved").Should().BeFalse();
    }

    [Test]
    public async Task The_process_may_die_after_every_commit()
    {
        var report = await CrashTest.EveryCommitAsync(
            () =>
            {
                var host = CreateHost();
                host.Action(ApprovalWorkflow.Decision).Returns(new Verdict(true, "bob", ""), after: TimeSpan.FromDays(4));
                return host;
            },
            ApprovalWorkflow.Name,
            new { document = Document, sha256 = await Office.HashAsync(Document, default), author = "ann", approver = "bob", head = "carol" });

        report.Run.ShouldSucceed().ShouldHaveRun([.. Submitted, "remind", "ask_again", "escalate", "ask_head", "file", "tell"]);
    }

    [Test]
    public async Task The_console_goes_on_where_it_was_closed()
    {
        var (_, first) = await SampleProcess.SayAsync("DocumentApproval", Folder, "submit offer.txt ann bob carol", "submit offer.txt ann bob carol", "quit");
        var (exitCode, second) = (0, "");

        // The console was closed before the letter to bob was out: he is asked once that has been done again.
        for (var times = 0; times < 20 && !second.Contains("was approved", StringComparison.Ordinal); times++)
        {
            (exitCode, second) = await SampleProcess.SayAsync("DocumentApproval", Folder, "approve offer.txt bob", "submit none.txt ann bob carol", "nonsense");
        }

        first.Should().Contain("offer.txt was submitted: bob is asked.").And.Contain("offer.txt was submitted before.");
        exitCode.Should().Be(0);
        second.Should().Contain("offer.txt was approved by bob.").And.Contain("Could not find file");
    }

    private WorkflowTestHost CreateHost()
    {
        var office = new Office(Folder);
        return new(e => ApprovalWorkflow.Register(e, office));
    }

    private async Task<ApprovalDesk> SubmitAsync(WorkflowTestHost host)
    {
        var desk = new ApprovalDesk(await host.OpenAsync(), _answers);
        await SayAsync(host, desk, "submit offer.txt ann bob carol");
        return desk;
    }

    private static async Task SayAsync(WorkflowTestHost host, ApprovalDesk desk, params string[] lines)
    {
        foreach (var line in lines)
        {
            await desk.HandleAsync(line);
            await host.SettleAsync();
        }
    }

    private string[] Answers() => _answers.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whom each mail is for, and what it says.</summary>
    private List<string> Mails() =>
        [.. Directory.GetFiles("outbox").Select(File.ReadAllLines).Select(lines => $"{lines[0]}: {lines[3].Replace(Document, "offer.txt", StringComparison.Ordinal)}")];
}
