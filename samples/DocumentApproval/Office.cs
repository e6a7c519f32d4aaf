using System.Globalization;
using System.Security.Cryptography;
using Mistral.Executions;

namespace DocumentApproval;

/// <summary>Sends mails, which are files in the folder <c>outbox</c>, and files approved documents in the folder <c>approved</c>.</summary>
internal sealed class Office(string folder)
{
    public string Outbox => Path.Combine(folder, "outbox");

    public string Approved => Path.Combine(folder, "approved");

    public static async Task<string> HashAsync(string document, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(document);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>Writes a mail. A repetition has the same key, and writes the same mail again.</summary>
    public async Task<string> MailAsync(Mail mail, ActionContext context, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Outbox);
        var file = Path.Combine(Outbox, $"{context.IdempotencyKey}.txt");
        await File.WriteAllTextAsync(file, $"To: {mail.To}\nDate: {context.Time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture)}\n\n{mail.Text}\n", cancellationToken);
        return file;
    }

    /// <summary>Files a document with the approval beside it, unless it is another one by now than that which was looked at.</summary>
    public async Task<string> FileAsync(Approval approval, CancellationToken cancellationToken)
    {
        var found = await HashAsync(approval.Document, cancellationToken);
        if (found != approval.Sha256)
        {
            throw new ActionFailedException($"{approval.Document} was changed after it was submitted: its SHA-256 is {found}, and was {approval.Sha256}.");
        }

        Directory.CreateDirectory(Approved);
        var filed = Path.Combine(Approved, Path.GetFileName(approval.Document));
        File.Copy(approval.Document, filed, overwrite: true);
        await File.WriteAllTextAsync(filed + ".approval", $"Approved by {approval.By}: {approval.Comment}\nSHA-256 {approval.Sha256}\n", cancellationToken);
        return filed;
    }
}
