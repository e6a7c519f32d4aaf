using System.Data.Common;
using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Mistral.Executions;

/// <summary>
/// What the host's protector does to the columns that hold data. Without one they are JSON and texts. The file keeps a
/// proof, so that it is not read or written with another protector than the one it was made with.
/// </summary>
internal sealed class SqliteProtection(ISecretProtector? protector)
{
    /// <summary>The function by which a statement compares protected columns, for the same data look different each time.</summary>
    public const string Plain = "plain";

    private static readonly byte[] Proof = "Mistral.Executions"u8.ToArray();

    public static SqliteProtection None { get; } = new(null);

    public bool IsOn => protector is not null;

    public byte[] Protect(ReadOnlySpan<byte> data) => protector!.Protect(data);

    /// <summary>Protects a text: as UTF-16, for that holds any.</summary>
    public byte[] Protect(string text) => protector!.Protect(MemoryMarshal.AsBytes(text.AsSpan()));

    /// <summary>JSON of a column.</summary>
    public byte[]? Json(DbDataReader row, int column) => row.IsDBNull(column) ? null : Readable(row.GetFieldValue<byte[]>(column));

    /// <summary>A text that is data, not an id or a name.</summary>
    public string? Text(DbDataReader row, int column) =>
        protector is null ? SqliteRecords.Text(row, column) : Json(row, column) is { } bytes ? new string(MemoryMarshal.Cast<byte, char>(bytes)) : null;

    /// <summary>JSON as a parameter.</summary>
    public object? ToParameter(JsonMap? map) =>
        map is null ? null : protector is null ? map.ToString() : protector.Protect(((JsonData)map).ToUtf8());

    /// <summary>A text that is data as a parameter.</summary>
    public object? ToParameter(string? text) =>
        protector is null || text is null ? SqliteText.ToParameter(text) : Protect(text);

    /// <summary>Lets the statements of a connection compare what is protected.</summary>
    public void AddTo(SqliteConnection connection)
    {
        if (protector is not null)
        {
            connection.CreateFunction<byte[]?, byte[]?>(Plain, value => value is null ? null : Readable(value), isDeterministic: true);
        }
    }

    /// <summary>Writes the proof into a file that is being made.</summary>
    public void Begin(SqliteConnection connection)
    {
        if (protector is not null)
        {
            connection.Execute("INSERT INTO protection (proof) VALUES (@proof)", SqliteParameters.Of(("proof", protector.Protect(Proof))));
        }
    }

    /// <summary>Looks whether the file was made with this protector.</summary>
    /// <exception cref="StoreException">It was not.</exception>
    public void Check(SqliteConnection connection, string path)
    {
        var proof = SqliteFile.Scalar(connection, "SELECT proof FROM protection") switch
        {
            null => null,
            byte[] bytes => bytes,
            _ => throw new StoreException(
                CommitRefusal.Failed, $"The store '{path}' cannot be used: it is damaged, for what it says of its protector is no such thing. Restore it from a backup."),
        };
        if (protector is null && proof is not null)
        {
            throw new StoreException(
                CommitRefusal.Invalid, $"The store '{path}' was written with a protector, and none is given: open it with that of the application. Nothing was written.");
        }

        if (protector is not null && proof is null)
        {
            throw new StoreException(
                CommitRefusal.Invalid, $"The store '{path}' was written without a protector, and one is given: give a new file, or open this one without. Nothing was written.");
        }

        if (proof is not null && !IsProved(proof, out var cause))
        {
            throw new StoreException(
                CommitRefusal.Invalid, $"The store '{path}' was written with another protector or key than the one that is given. Nothing was written.", cause);
        }
    }

    private bool IsProved(byte[] proof, out Exception? cause)
    {
        try
        {
            cause = null;
            return Readable(proof).AsSpan().SequenceEqual(Proof);
        }
        catch (Exception exception)
        {
            cause = exception;
            return false;
        }
    }

    private byte[] Readable(byte[] stored) => protector is null ? stored : protector.Unprotect(stored);
}
