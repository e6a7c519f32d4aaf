namespace FileIndex;

internal sealed record ListInput(string Folder);

internal sealed record FileInput(string Folder, string Path);

internal sealed record CombineInput(IReadOnlyList<string> Files, IReadOnlyList<TextCount> Counts, IReadOnlyList<string> Hashes);

internal sealed record ReportInput(string Folder, string Report, IReadOnlyList<GroupResult> Groups);

internal sealed record TextCount(long Lines, long Words, long Bytes);

internal sealed record IndexedFile(string Path, TextCount Count, string Sha256);

internal sealed record GroupResult(IReadOnlyList<IndexedFile> Files);

internal sealed record ReportSummary(int Files, long Lines, long Words, string Sha256);
