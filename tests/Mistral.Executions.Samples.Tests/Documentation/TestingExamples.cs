using Mistral.Executions.Testing;

namespace Mistral.Executions.Samples.Tests.Documentation;

public sealed class TestingExamples : TemporaryFolder
{
    // snippet: registration
    private static readonly WorkflowDefinition Invoice = new WorkflowBuilder("invoice")
        .Input("number")
        .Task("receive", t => t.OnSuccess("ask"))
        .Task("ask", t => t
            .Action("approval.ask").Input(c => new { number = c["number"] })
            .OnSuccess("pay", when: c => c.Result<bool>())
            .OnSuccess("file", when: c => !c.Result<bool>())
            .OnError("remind"))
        .Task("remind", t => t.Action("mail.send").OnSuccess("ask"))
        .Task("pay", t => t
            .Action("bank.pay").Input(c => new { number = c["number"] })
            .Retry(3, TimeSpan.FromHours(1))
            .Publish("receipt", c => c.Result())
            .OnSuccess("file"))
        .Task("file", t => t.WaitBefore(TimeSpan.FromDays(30)).Action("archive.file"))
        .Output("receipt", c => c["receipt"])
        .Build();

    private static void Configure(ExecutionEngineOptions e) => e
        .AddWorkflow(Invoice)
        .AddOutsideAction("approval.ask", new() { Deadline = TimeSpan.FromDays(7) })
        .AddAction("mail.send", (_, _, _) => Mail.SendAsync())
        .AddAction("bank.pay", (input, context, cancel) => Bank.PayAsync(input["number"], context.IdempotencyKey, cancel))
        .AddAction("archive.file", (_, _, _) => Task.FromResult<JsonData>(true));
    // end

    [Test]
    public async Task A_first_test()
    {
        // snippet: first test
        await using var host = new WorkflowTestHost(Configure);
        host.Action("approval.ask").Returns(true, after: TimeSpan.FromDays(2));
        host.Action("bank.pay").Fails("The bank is closed.").Returns(new { receipt = "R-4711" }, after: TimeSpan.FromSeconds(2));

        var run = await host.RunAsync("invoice", new { number = 4711 });

        run.ShouldSucceed()
            .ShouldHaveRun("receive", "ask", "pay", "file")
            .ShouldNotHaveRun("remind")
            .ShouldHaveCalled("bank.pay", new { number = 4711 });
        // end

        // snippet: what ran
        run.Task("pay").Attempts.Should().Be(2);
        run.Task("pay").Actions[0].State.Should().Be(ExecutionState.Error);
        run.Took.Should().Be(new TimeSpan(days: 32, hours: 1, minutes: 0, seconds: 2));
        run.Output["receipt"]["receipt"].AsString().Should().Be("R-4711");
        // end

        PageText.WithoutIds(run.ToString()).Should().Be(PageText.Of("testing.md", "workflow invoice SUCCESS"));
    }

    [Test]
    public async Task Time_and_results_from_outside()
    {
        // snippet: advance
        await using var host = new WorkflowTestHost(Configure);
        var mail = host.Action("mail.send");
        host.Action("bank.pay").Returns(call => $"R-{call.Input["number"]}");
        var invoice = await host.StartAsync("invoice", new { number = 4711 });

        await host.AdvanceAsync(TimeSpan.FromDays(6.9));
        mail.Calls.Should().BeEmpty();
        await host.AdvanceAsync(TimeSpan.FromDays(0.1));
        mail.Calls.Should().ContainSingle();

        await host.CompleteActionAsync("approval.ask", ActionResult.Success(true));
        var run = await host.RunToEndAsync(invoice.Id);
        // end

        run.ShouldSucceed().ShouldHaveRun("receive", "ask", "remind", "ask", "pay", "file");
    }

    [Test]
    public async Task A_test_that_waits_for_what_never_comes()
    {
        await using var host = new WorkflowTestHost(Configure);
        host.Action("bank.pay").ComesFromOutside();
        host.Action("approval.ask").Returns(true);

        var stuck = await FluentActions.Awaiting(() => host.RunAsync("invoice", new { number = 4711 })).Should().ThrowAsync<WorkflowTestException>();

        PageText.WithoutIds(stuck.Which.Message).Should().Be(PageText.Of("testing.md", "The workflow 'invoice' has not ended"));
    }

    [Test]
    public async Task Death_after_every_commit()
    {
        // snippet: crash test
        WorkflowTestHost CreateHost()
        {
            var host = new WorkflowTestHost(Configure);
            host.Action("approval.ask").Returns(true, after: TimeSpan.FromDays(8)).Returns(true);
            host.Action("mail.send");
            host.Action("bank.pay").Returns("R-4711");
            return host;
        }

        var report = await CrashTest.EveryCommitAsync(CreateHost, "invoice", new { number = 4711 });
        // end

        report.Run.ShouldSucceed().ShouldHaveRun("receive", "ask", "remind", "ask", "pay", "file");
        report.Commits.Should().BeGreaterThan(5);
    }

    [Test]
    public async Task An_action_that_must_not_be_repeated()
    {
        // snippet: crash test finds
        List<string> sent = [];
        WorkflowTestHost CreateHost()
        {
            sent.Clear();
            return new(e => e
                .AddWorkflow(new WorkflowBuilder("greet").Task("greet", t => t.Action("mail.greet")).Build())
                .AddAction("mail.greet", (_, _, _) =>
                {
                    sent.Add("Hello!");
                    return Task.FromResult<JsonData>("sent");
                }));
        }

        Task Test() => CrashTest.EveryCommitAsync(CreateHost, "greet", options: new() { End = run => $"{run.State}, {sent.Count} mails" });
        // end

        var found = await FluentActions.Awaiting(Test).Should().ThrowAsync<WorkflowTestException>();
        PageText.WithoutIds(found.Which.Message).Should().Be(PageText.Of("testing.md", "When the process dies after commit"));
    }

    [Test]
    public async Task A_store_that_fails()
    {
        // snippet: failing store
        await using var store = new FailingStore(new InMemoryExecutionStore());
        await using var host = new WorkflowTestHost(Configure, store);
        host.Action("approval.ask").Returns(true);
        host.Action("bank.pay").Returns("R-4711");

        var run = await host.RunAsync("invoice", new { number = 4711 });
        // end

        run.ShouldSucceed();
    }

    // snippet: failing store class
    private sealed class FailingStore(IExecutionStore inner) : ForwardingExecutionStore(inner)
    {
        private int _commits;

        public override Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken) =>
            ++_commits % 2 == 0
                ? Task.FromResult<IReadOnlyList<CommitOutcome>>([.. group.Select(_ => CommitOutcome.Unknown(new IOException("The disk is gone.")))])
                : base.CommitAsync(group, cancellationToken);
    }
    // end

    private static class Mail
    {
        public static Task<JsonData> SendAsync() => throw new InvalidOperationException("No test sends a mail.");
    }

    private static class Bank
    {
        public static Task<JsonData> PayAsync(JsonData number, string key, CancellationToken cancellationToken) => throw new InvalidOperationException($"No test pays {number} ({key}).");
    }
}
