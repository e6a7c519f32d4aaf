using System.Globalization;
using Mistral.Executions;

namespace NightlyBackup;

/// <summary>One backup, and a workflow that never ends: a backup each night.</summary>
internal static class BackupWorkflows
{
    public const string Backup = "backup";

    public const string Nightly = "nightly";

    private static readonly WorkflowDefinition BackupDefinition = new WorkflowBuilder(Backup)
        .Input("source")
        .Input("destination")
        .Input("keep")
        .Input("at")
        .Task("begin", t => t
            .Action("backup.begin").Input(c => new { source = c["source"], folder = FolderFor(c["destination"].AsString(), c.Now) })
            .Publish("folder", c => c.Result()["folder"])
            .Publish("files", c => c.Result()["files"])
            .OnSuccess("copy"))
        .Task("copy", t => t
            .WithItems("file", c => c["files"])
            .Concurrency(4)
            .Action("backup.copy").Input(c => new { source = c["source"], folder = c["folder"], file = c["file"] })
            .Retry(3, TimeSpan.FromMinutes(1))
            .Publish("copies", c => c.Result())
            .OnSuccess("verify")
            .OnError("discard"))
        .Task("verify", t => t
            .WithItems("copy", c => c["copies"])
            .Concurrency(4)
            .Action("backup.verify").Input(c => new { folder = c["folder"], copy = c["copy"] })
            .OnSuccess("finish")
            .OnError("discard"))
        .Task("finish", t => t
            .Action("backup.finish").Input(c => new { folder = c["folder"], copies = c["copies"] })
            .Publish("bytes", c => c.Result()["bytes"])
            .Publish("finished", c => c.Result()["folder"])
            .OnSuccess("prune"))
        .Task("prune", t => t
            .Action("backup.prune").Input(c => new { destination = c["destination"], keep = c["keep"] })
            .Publish("pruned", c => c.Result()))
        .Task("discard", t => t
            .Action("backup.discard").Input(c => new { folder = c["folder"] })
            .OnComplete(Routes.Fail("A file could not be copied, or its copy is not what was read. What was copied is thrown away.")))
        .Output("folder", c => c["finished"])
        .Output("files", c => c["copies"].AsArray().Count)
        .Output("bytes", c => c["bytes"])
        .Output("pruned", c => c["pruned"])
        .Build();

    private static readonly WorkflowDefinition NightlyDefinition = new WorkflowBuilder(Nightly)
        .Input("source")
        .Input("destination")
        .Input("keep")
        .Input("at")
        .Task("begin", t => t.OnSuccess("night"))
        .Task("night", t => t
            .WaitBefore(c => UntilNext(c.Now, c["at"].AsString()))
            .Workflow(Backup).Input(c => new { source = c["source"], destination = c["destination"], keep = c["keep"], at = c["at"] })
            .OnComplete("night")) // whatever became of this night: there is another
        .Build();

    public static void Register(ExecutionEngineOptions options) => options
        .AddWorkflow(BackupDefinition)
        .AddWorkflow(NightlyDefinition)
        .AddAction<Begin, Begun>("backup.begin", BackupActions.BeginAsync)
        .AddAction<Copy, Copied>("backup.copy", BackupActions.CopyAsync)
        .AddAction<Verify, bool>("backup.verify", BackupActions.VerifyAsync)
        .AddAction<Finish, Finished>("backup.finish", BackupActions.FinishAsync)
        .AddAction<Prune, IReadOnlyList<string>>("backup.prune", BackupActions.PruneAsync)
        .AddAction<Discard, bool>("backup.discard", BackupActions.DiscardAsync);

    // Made here, where it is kept with the input of the action: a repeated run gets the same.
    private static string FolderFor(string destination, DateTimeOffset now) =>
        Path.Combine(destination, now.ToString("yyyy-MM-dd HH.mm.ss", CultureInfo.InvariantCulture) + BackupActions.Unfinished);

    private static TimeSpan UntilNext(DateTimeOffset now, string at)
    {
        var next = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + TimeOnly.ParseExact(at, "HH:mm", CultureInfo.InvariantCulture).ToTimeSpan();
        return (next > now ? next : next.AddDays(1)) - now;
    }
}
