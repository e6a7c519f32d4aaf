using System.Text;

namespace Mistral.Executions;

/// <summary>Draws a transition table as a Mermaid state diagram.</summary>
internal static class StateDiagram
{
    public static string Draw(TransitionTable table)
    {
        var text = new StringBuilder("stateDiagram-v2\n");
        foreach (var from in table.States)
        {
            foreach (var to in table.From(from))
            {
                text.Append("    ").Append(from.ToWireName()).Append(" --> ").Append(to.ToWireName()).Append('\n');
            }

            if (from.IsCompleted())
            {
                text.Append("    ").Append(from.ToWireName()).Append(" --> [*]\n");
            }
        }

        return text.ToString();
    }
}
