namespace NightlyBackup;

internal sealed record Begin(string Source, string Folder);

internal sealed record Begun(string Folder, IReadOnlyList<string> Files);

internal sealed record Copy(string Source, string Folder, string File);

/// <summary>A file that was copied, with the hash of what was read.</summary>
internal sealed record Copied(string File, long Bytes, string Sha256);

internal sealed record Verify(string Folder, Copied Copy);

internal sealed record Finish(string Folder, IReadOnlyList<Copied> Copies);

internal sealed record Finished(string Folder, long Bytes);

internal sealed record Prune(string Destination, int Keep);

internal sealed record Discard(string Folder);
