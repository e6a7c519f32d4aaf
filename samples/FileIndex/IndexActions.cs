using System.Security.Cryptography;
using Mistral.Executions;

namespace FileIndex;

/// <summary>The work itself. Each action can run again without harm: it reads, or it writes a whole file in one move.</summary>
internal sealed class IndexActions(FileListing listing, ActionTrace trace)
{
    public void AddTo(ExecutionEngineOptions options) => options
        .AddAction<ListInput, IReadOnlyList<IReadOnlyList<string>>>("files.list", ListAsync)
        .AddAction<FileInput, TextCount>("text.count", CountAsync)
        .AddAction<FileInput, string>("file.hash", HashAsync)
        .AddAction<CombineInput, IReadOnlyList<IndexedFile>>("files.combine", CombineAsync)
        .AddAction<ReportInput, ReportSummary>("report.write", WriteAsync);

    private Task<IReadOnlyList<IReadOnlyList<string>>> ListAsync(ListInput input, ActionContext context, CancellationToken cancellationToken)
    {
        trace.Began(context);
        return Task.FromResult(listing.Groups(input.Folder, cancellationToken));
    }

    private async Task<TextCount> CountAsync(FileInput input, ActionContext context, CancellationToken cancellationToken)
    {
        trace.Began(context);
        await using var file = File.OpenRead(Path.Combine(input.Folder, input.Path));
        return await TextCounter.CountAsync(file, cancellationToken);
    }

    private async Task<string> HashAsync(FileInput input, ActionContext context, CancellationToken cancellationToken)
    {
        trace.Began(context);
        await using var file = File.OpenRead(Path.Combine(input.Folder, input.Path));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    private Task<IReadOnlyList<IndexedFile>> CombineAsync(CombineInput input, ActionContext context, CancellationToken cancellationToken)
    {
        trace.Began(context);
        return Task.FromResult<IReadOnlyList<IndexedFile>>(
            [.. input.Files.Select((path, place) => new IndexedFile(path, input.Counts[place], input.Hashes[place]))]);
    }

    private async Task<ReportSummary> WriteAsync(ReportInput input, ActionContext context, CancellationToken cancellationToken)
    {
        trace.Began(context);
        var files = input.Groups.SelectMany(g => g.Files).ToList();
        var report = MarkdownReport.Render(input.Folder, files);

        // A reader never sees half a report, and a second run after a kill puts the same one in its place.
        var beside = input.Report + ".new";
        await File.WriteAllBytesAsync(beside, report, cancellationToken);
        File.Move(beside, input.Report, overwrite: true);
        return new(files.Count, files.Sum(f => f.Count.Lines), files.Sum(f => f.Count.Words), Convert.ToHexStringLower(SHA256.HashData(report)));
    }
}
