namespace Mistral.Executions.Samples.Tests.Documentation;

/// <summary>What the pages about operating show of retention, backups and the inbox.</summary>
public sealed class RetentionExamples
{
    private string directory = null!;

    [SetUp]
    public void MakeDirectory() => directory = Directory.CreateTempSubdirectory("retention-pages").FullName;

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(directory, recursive: true);

    [Test]
    public async Task What_is_old_goes_to_the_archive()
    {
        await using var engine = await OpenAsync();

        // snippet: retention
        var policy = new RetentionPolicy
        {
            MaximumAge = TimeSpan.FromDays(30),
            MaximumAgeOfFailures = TimeSpan.FromDays(180),
            ArchivePath = Path.Combine(directory, "archive.db"),
        };
        PurgeResult result = await engine.PurgeAsync(policy);
        Console.WriteLine($"{result.Purged} purged, {result.UsedBytes} bytes in use");
        // end

        result.Should().Match<PurgeResult>(r => r.Purged == 0 && r.UsedBytes > 0);
    }

    [Test]
    public async Task An_open_file_is_copied()
    {
        await using var engine = await OpenAsync();

        // snippet: backup
        await engine.BackupAsync(Path.Combine(directory, "backup.db"), overwrite: true);
        // end

        File.Exists(Path.Combine(directory, "backup.db")).Should().BeTrue();
    }

    [Test]
    public async Task Another_process_asks_through_the_inbox()
    {
        await using var engine = await OpenAsync();
        await engine.StartAsync("order", null, new() { Id = "order-A-17" });
        await using var store = new SqliteExecutionStore(Path.Combine(directory, "orders.db"));
        await store.OpenAsync(CancellationToken.None);

        // snippet: inbox
        var inbox = new ExecutionInbox(store);
        var request = await inbox.SendAsync(InboxVerb.Cancel, "order-A-17", "The customer changed his mind.");
        var answer = await inbox.WaitAsync(request.Id, TimeSpan.FromSeconds(30)); // null: nobody has answered yet
        // end

        answer.Should().Match<InboxAnswer>(a => a.IsDone);
        (await engine.GetWorkflowAsync("order-A-17")).StateInfo.Should().Be("The customer changed his mind.");
    }

    private Task<ExecutionEngine> OpenAsync() => ExecutionEngine.OpenAsync(Path.Combine(directory, "orders.db"), options =>
    {
        options.LeaseDuration = TimeSpan.FromSeconds(1);
        options.AddOutsideAction("approve").AddWorkflow(new WorkflowBuilder("order").Task("wait", t => t.Action("approve")).Build());
    });
}
