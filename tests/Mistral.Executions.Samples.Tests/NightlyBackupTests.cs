using System.Security.Cryptography;
using System.Text.Json;
using Mistral.Executions.Testing;
using NightlyBackup;

namespace Mistral.Executions.Samples.Tests;

public sealed class NightlyBackupTests : TemporaryFolder
{
    private string Source => Path.Combine(Folder, "source");

    private string Destination => Path.Combine(Folder, "backups");

    private JsonMap Input => new BackupArguments(Source, Destination, 3, new(2, 30), Once: false).Input;

    [SetUp]
    public void WriteFiles()
    {
        for (var number = 0; number < 12; number++)
        {
            var file = Path.Combine(Source, $"part{number % 3}", $"file{number}.bin");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, [.. Enumerable.Range(0, 1000 * number).Select(i => (byte)(i * number))]);
        }

        Directory.CreateDirectory(Destination);
    }

    [Test]
    public async Task Each_night_at_half_past_two_there_is_a_backup_and_the_latest_three_are_kept()
    {
        await using var host = new WorkflowTestHost(BackupWorkflows.Register, startTime: new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await host.StartAsync(BackupWorkflows.Nightly, Input, new() { Id = "nightly" });

        await host.AdvanceAsync(TimeSpan.FromDays(10));

        Backups().Should().Equal("2026-05-09 02.30.00", "2026-05-10 02.30.00", "2026-05-11 02.30.00");
        Backups().Should().AllSatisfy(CheckBackup);
        (await host.GetRunAsync("nightly")).Tasks.Count(t => t is { Name: "night", State: ExecutionState.Success }).Should().Be(10);
    }

    [Test]
    public async Task A_file_that_cannot_be_read_now_is_copied_a_minute_later()
    {
        await using var host = new WorkflowTestHost(BackupWorkflows.Register);
        var fails = true;
        host.Action("backup.copy").Returns(call =>
        {
            if (fails && call.ItemIndex == 5)
            {
                fails = false;
                throw new IOException("The file is locked.");
            }

            return Copy(call);
        });

        var run = await host.RunAsync(BackupWorkflows.Backup, Input);

        run.ShouldSucceed().Took.Should().Be(TimeSpan.FromMinutes(1));
        CheckBackup(Backups().Should().ContainSingle().Subject);
    }

    [Test]
    public async Task A_copy_that_is_not_what_was_read_is_found_and_thrown_away()
    {
        await using var host = new WorkflowTestHost(BackupWorkflows.Register);
        host.Action("backup.copy").Returns(call =>
        {
            var copied = Copy(call);
            if (call.ItemIndex == 7)
            {
                File.AppendAllText(Path.Combine(call.Input["folder"].AsString(), "files", call.Input["file"].AsString()), "x");
            }

            return copied;
        });

        var run = await host.RunAsync(BackupWorkflows.Backup, Input);

        run.ShouldFail("its copy is not what was read").ShouldHaveRun("begin", "copy", "verify", "discard");
        Backups().Should().BeEmpty();
    }

    [Test]
    public async Task After_a_night_that_failed_there_is_another()
    {
        await using var host = new WorkflowTestHost(BackupWorkflows.Register);
        var verify = host.Action("backup.verify").Fails("The disk is bad.", times: 12).Returns(true);
        await host.StartAsync(BackupWorkflows.Nightly, Input);

        await host.AdvanceAsync(TimeSpan.FromDays(2));

        Backups().Should().Equal("2026-01-02 02.30.00");
        verify.Calls.Should().HaveCount(24);
    }

    [Test]
    public async Task The_backup_is_whole_when_the_process_dies_after_any_commit()
    {
        var report = await CrashTest.EveryCommitAsync(
            () =>
            {
                Directory.Delete(Destination, recursive: true);
                Directory.CreateDirectory(Destination);
                return new(BackupWorkflows.Register);
            },
            BackupWorkflows.Backup,
            Input,
            new()
            {
                End = run =>
                {
                    CheckBackup(Backups().Should().ContainSingle().Subject);
                    return run.State.ToString();
                },
            });

        report.Run.ShouldSucceed().Output["files"].Should().Be((JsonData)12);
    }

    [Test]
    public async Task Once_from_the_command_line_it_says_what_it_did()
    {
        var (exitCode, output) = await SampleProcess.RunAsync("NightlyBackup", Folder, Source, Destination, "--once");

        exitCode.Should().Be(0, output);
        output.Should().Contain(": 12 files, 66000 bytes, each read again and found to be what was copied.");
        CheckBackup(Backups().Should().ContainSingle().Subject);
    }

    [TestCase("Two folders are needed", "only-one")]
    [TestCase("There is no option '--colour'", "--colour")]
    [TestCase("'--keep' needs a number", "a", "b", "--keep", "0")]
    [TestCase("'--at' needs a time", "a", "b", "--at")]
    [TestCase("There is no folder", "none", "backups")]
    [TestCase("cannot be kept inside", "source", "source/backups")]
    public void Arguments_that_cannot_be_used_are_refused_with_the_reason(string reason, params string[] arguments) =>
        FluentActions.Invoking(() => BackupArguments.Parse(arguments)).Should().Throw<ArgumentException>().WithMessage($"*{reason}*");

    private static JsonData Copy(ActionCall call)
    {
        var input = new Copy(call.Input["source"].AsString(), call.Input["folder"].AsString(), call.Input["file"].AsString());
        return JsonData.FromObject(BackupActions.CopyAsync(input, new() { ActionExecutionId = call.ActionExecutionId, ActionName = "backup.copy" }, default).GetAwaiter().GetResult());
    }

    private List<string> Backups() =>
        [.. Directory.GetDirectories(Destination).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    private void CheckBackup(string name)
    {
        var folder = Path.Combine(Destination, name);
        var copies = JsonSerializer.Deserialize<List<Copied>>(File.ReadAllText(Path.Combine(folder, BackupActions.Manifest)))!;
        copies.Should().HaveCount(12);
        foreach (var copy in copies)
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, "files", copy.File));
            bytes.Should().Equal(File.ReadAllBytes(Path.Combine(Source, copy.File)));
            Convert.ToHexStringLower(SHA256.HashData(bytes)).Should().Be(copy.Sha256);
        }
    }
}
