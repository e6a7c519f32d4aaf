using System.Security.Cryptography;

namespace Mistral.Executions.Samples.Tests.Documentation;

public sealed class SecretExamples : TemporaryFolder
{
    [Test]
    public async Task A_marked_value_is_in_no_text()
    {
        // snippet: secret marks
        var transfer = new WorkflowBuilder("transfer")
            .Input("amount")
            .SecretInput("pin")
            .Task("log_in", t => t.Action("bank.log_in").Input(c => new { code = c["pin"] }).Publish("ticket", c => c.Result()).OnSuccess("pay"))
            .Task("pay", t => t.Action("bank.pay").Input(c => new { ticket = c["ticket"], amount = c["amount"] }))
            .Build();

        await using var engine = await ExecutionEngine.OpenAsync("bank.db", e => e
            .AddWorkflow(transfer)
            .AddAction("bank.log_in", LogInAsync, new() { SecretInputs = ["code"], IsOutputSecret = true })
            .AddAction("bank.pay", PayAsync)
            .AddSecretNames("*password*", "*token*", "authorization"));
        // end

        var failed = await FluentActions.Awaiting(() => engine.RunAsync("transfer", new { amount = 5, pin = "270946" })).Should().ThrowAsync<WorkflowFailedException>();
        failed.Which.Message.Should().Contain("the ticket *** is stale").And.NotContain("t-4711");
    }

    [Test]
    public async Task A_protected_file_is_opened_with_the_key_it_was_made_with()
    {
        var key = RandomNumberGenerator.GetBytes(32);

        // snippet: protected file
        await using (var engine = await ExecutionEngine.OpenAsync("bank.db", e => e.Protector = new AesGcmProtector(key)))
        {
            await engine.RunActionAsync("std.echo", new { output = "nobody reads this in the file" });
        }
        // end

        (await File.ReadAllBytesAsync("bank.db")).AsSpan().IndexOf("nobody reads"u8).Should().Be(-1);
        await FluentActions.Awaiting(() => ExecutionEngine.OpenAsync("bank.db")).Should().ThrowAsync<StoreException>().WithMessage("*with a protector*");
    }

    private static Task<JsonData> LogInAsync(JsonMap input, ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult<JsonData>("t-4711");

    private static Task<JsonData> PayAsync(JsonMap input, ActionContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"the ticket {input["ticket"].AsString()} is stale");

    // snippet: protector
    private sealed class AesGcmProtector(byte[] key) : ISecretProtector
    {
        public byte[] Protect(ReadOnlySpan<byte> data)
        {
            var block = new byte[12 + 16 + data.Length];
            RandomNumberGenerator.Fill(block.AsSpan(0, 12));
            using var aes = new AesGcm(key, tagSizeInBytes: 16);
            aes.Encrypt(nonce: block.AsSpan(0, 12), plaintext: data, ciphertext: block.AsSpan(28), tag: block.AsSpan(12, 16));
            return block;
        }

        public byte[] Unprotect(ReadOnlySpan<byte> protectedData)
        {
            var data = new byte[protectedData.Length - 28];
            using var aes = new AesGcm(key, tagSizeInBytes: 16);
            aes.Decrypt(nonce: protectedData[..12], ciphertext: protectedData[28..], tag: protectedData[12..28], plaintext: data);
            return data;
        }
    }
    // end
}
