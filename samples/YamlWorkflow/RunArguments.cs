using System.Text.Json;
using Mistral.Executions;

namespace YamlWorkflow;

/// <summary>What the command line says.</summary>
internal sealed record RunArguments(string File, string Workflow, JsonMap Input, string? Database)
{
    public const string Usage = "Usage: YamlWorkflow FILE WORKFLOW ['{\"name\": \"value\"}'] [--database FILE]";

    /// <exception cref="ArgumentException">The arguments cannot be used; the message says why.</exception>
    public static RunArguments Parse(IReadOnlyList<string> arguments)
    {
        var given = new List<string>();
        string? database = null;
        for (var place = 0; place < arguments.Count; place++)
        {
            if (arguments[place] != "--database")
            {
                given.Add(arguments[place]);
            }
            else if (++place < arguments.Count)
            {
                database = arguments[place];
            }
            else
            {
                throw new ArgumentException("'--database' needs a file.");
            }
        }

        return given switch
        {
            [var file, var workflow] => new(file, workflow, JsonMap.Empty, database),
            [var file, var workflow, var input] => new(file, workflow, ReadInput(input), database),
            _ => throw new ArgumentException("Say which file and which workflow."),
        };
    }

    private static JsonMap ReadInput(string text)
    {
        try
        {
            var input = JsonData.Parse(text);
            return input.Kind == JsonKind.Object ? input.AsObject() : throw new ArgumentException("The input must be a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The input is no JSON: {exception.Message}", exception);
        }
    }
}
