using System.Text;
using System.Text.Json;
using Mistral.Executions.Decisions;

namespace Mistral.Executions.Model;

/// <summary>All that a decision says, as one text.</summary>
internal static class DecisionText
{
    public static string Of(Decision decision)
    {
        var text = new StringBuilder();
        text.Append(decision.Refusal?.Message);
        if (decision.Changes is { } changes)
        {
            text.Append(JsonSerializer.Serialize(changes.ToChanges("root", "test", 1)));
        }

        foreach (var effect in decision.Effects)
        {
            _ = effect switch
            {
                Effect.RunAction run => text.Append("run ").Append(run.Execution.Id).Append(run.Input),
                Effect.RunInline run => text.Append("inline ").Append(run.Execution.Id).Append(run.Input),
                _ => text.Append(effect),
            };
        }

        return text.ToString();
    }
}
