using Microsoft.Extensions.DependencyInjection;

namespace Mistral.Executions.Samples.Tests.Documentation;

public sealed class ActionExamples : TemporaryFolder
{
    [Test]
    public async Task An_action_is_a_delegate_with_types()
    {
        await using var engine = await ExecutionEngine.OpenAsync("texts.db", e =>
        {
            // snippet: delegate action
            e.AddAction<Translate, Translation>("text.translate", async (input, context, cancellationToken) =>
            {
                var text = await Translator.TranslateAsync(input.Text, input.Language, cancellationToken);
                return new Translation(text, input.Language);
            });
            // end
        });

        // snippet: stand-alone action
        var ended = await engine.RunActionAsync("text.translate", new { text = "hello", language = "fr" });
        // end

        ended.State.Should().Be(ExecutionState.Success);
        ended.Output.ToString().Should().Be("""{"result":{"text":"bonjour","language":"fr"}}""");
    }

    [Test]
    public async Task An_action_is_a_service_with_services_of_its_own()
    {
        // snippet: action class
        var services = new ServiceCollection()
            .AddScoped<Mailbox>()
            .AddScoped<SendMail>()
            .BuildServiceProvider();
        // end

        await using var engine = await ExecutionEngine.OpenAsync("mails.db", e =>
        {
            // snippet: register action class
            e.Services = services;
            e.AddAction<SendMail, Mail, string>("mail.send");
            // end
        });

        var ended = await engine.RunActionAsync("mail.send", new { to = "ann@example.com" });

        ended.Output["result"].AsString().Should().StartWith("ann@example.com " + ended.Id);
    }

    [Test]
    public async Task A_failure_carries_data_that_the_workflow_can_look_at()
    {
        var pay = new WorkflowBuilder("pay")
            .Task("charge", t => t.Action("payments.charge").OnError("later", when: c => c.Result()["code"] == "busy"))
            .Task("later")
            .Build();
        await using var engine = await ExecutionEngine.OpenAsync("payments.db", e =>
        {
            e.AddWorkflow(pay);
            // snippet: failure
            e.AddAction("payments.charge", (input, context, cancellationToken) =>
                throw new ActionFailedException("The bank is busy.", JsonMap.Create(("code", "busy"), ("retry_in", 30))));
            // end
        });

        var ended = await (await engine.StartAsync("pay")).WaitAsync();

        ended.State.Should().Be(ExecutionState.Success);
    }

    [Test]
    public async Task An_action_says_what_the_engine_should_know_of_it()
    {
        await using var engine = await ExecutionEngine.OpenAsync("door.db", e =>
        {
            // snippet: action options
            e.AddAction("door.open", (input, context, cancellationToken) => Door.OpenAsync(cancellationToken), new()
            {
                IsSafeToRerun = false,
                Timeout = TimeSpan.FromSeconds(30),
            });
            e.AddInlineAction("text.upper", input => input["text"].AsString().ToUpperInvariant());
            // end
        });

        (await engine.RunActionAsync("door.open")).State.Should().Be(ExecutionState.Success);
        (await engine.RunActionAsync("text.upper", new { text = "a" })).Output["result"].AsString().Should().Be("A");
    }

    // snippet: action class itself
    internal sealed class SendMail(Mailbox mailbox) : IAction<Mail, string>
    {
        public async Task<string> RunAsync(Mail input, ActionContext context, CancellationToken cancellationToken) =>
            await mailbox.SendAsync(input.To, messageId: context.IdempotencyKey, cancellationToken);
    }
    // end

    internal sealed record Mail(string To);

    internal sealed class Mailbox
    {
        public Task<string> SendAsync(string to, string messageId, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult($"{to} {messageId} {GetHashCode()}");
        }
    }

    private sealed record Translate(string Text, string Language);

    private sealed record Translation(string Text, string Language);

    private static class Translator
    {
        public static Task<string> TranslateAsync(string text, string language, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(text == "hello" && language == "fr" ? "bonjour" : text);
        }
    }

    private static class Door
    {
        public static Task<JsonData> OpenAsync(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult<JsonData>(true);
        }
    }
}
