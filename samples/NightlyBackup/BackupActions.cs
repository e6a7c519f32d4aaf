using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Mistral.Executions;

namespace NightlyBackup;

/// <summary>The work. Each of these can be repeated: it finds what it did before, or does the same again.</summary>
internal static class BackupActions
{
    public const string Manifest = "manifest.json";

    public const string Unfinished = ".unfinished";

    public static Task<Begun> BeginAsync(Begin input, ActionContext context, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(input.Folder);
        var files = Directory.EnumerateFiles(input.Source, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(file => Path.GetRelativePath(input.Source, file))
            .Order(StringComparer.Ordinal);
        return Task.FromResult(new Begun(input.Folder, [.. files]));
    }

    /// <summary>Copies a file, takes the hash of what is read, and ends when the copy is on the disk.</summary>
    public static async Task<Copied> CopyAsync(Copy input, ActionContext context, CancellationToken cancellationToken)
    {
        var target = Path.Combine(input.Folder, "files", input.File);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await using var from = File.OpenRead(Path.Combine(input.Source, input.File));
        await using var to = File.Create(target);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            var bytes = 0L;
            while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                bytes += read;
            }

            to.Flush(flushToDisk: true);
            return new(input.File, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads the copy again and holds it against the hash of what was copied.</summary>
    public static async Task<bool> VerifyAsync(Verify input, ActionContext context, CancellationToken cancellationToken)
    {
        await using var copy = File.OpenRead(Path.Combine(input.Folder, "files", input.Copy.File));
        var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(copy, cancellationToken));
        return found == input.Copy.Sha256
            ? true
            : throw new ActionFailedException($"The copy of '{input.Copy.File}' has the SHA-256 {found}, but {input.Copy.Sha256} was read.");
    }

    /// <summary>Writes what is in the backup, and gives it its name in one move: a folder without the ending is whole.</summary>
    public static async Task<Finished> FinishAsync(Finish input, ActionContext context, CancellationToken cancellationToken)
    {
        var finished = input.Folder[..^Unfinished.Length];
        if (!Directory.Exists(finished))
        {
            await File.WriteAllTextAsync(Path.Combine(input.Folder, Manifest), JsonSerializer.Serialize(input.Copies), cancellationToken);
            Directory.Move(input.Folder, finished);
        }

        return new(finished, input.Copies.Sum(c => c.Bytes));
    }

    /// <summary>Deletes the oldest whole backups, but for as many as are kept.</summary>
    public static Task<IReadOnlyList<string>> PruneAsync(Prune input, ActionContext context, CancellationToken cancellationToken)
    {
        var whole = Directory.GetDirectories(input.Destination)
            .Where(folder => File.Exists(Path.Combine(folder, Manifest)) && !folder.EndsWith(Unfinished, StringComparison.Ordinal))
            .OrderDescending(StringComparer.Ordinal);
        IReadOnlyList<string> old = [.. whole.Skip(input.Keep)];
        foreach (var folder in old)
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.FromResult(old);
    }

    public static Task<bool> DiscardAsync(Discard input, ActionContext context, CancellationToken cancellationToken)
    {
        if (Directory.Exists(input.Folder))
        {
            Directory.Delete(input.Folder, recursive: true);
        }

        return Task.FromResult(true);
    }
}
