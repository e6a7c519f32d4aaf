namespace Mistral.Executions.Language.Yaml;

/// <summary>
/// The text of one workflow that is kept with each execution: its own data and all that decides what it means, so that
/// it can be read again alone. Comments, places and file names are not in it, so it changes with the content only.
/// </summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Workbook">The workbook.</param>
/// <param name="Name">The name in its document.</param>
/// <param name="Definition">The workflow as its author wrote it.</param>
internal sealed record StoredWorkflow(string Namespace, string? Workbook, string Name, JsonMap Definition)
{
    /// <summary>What <see cref="DefinitionSource.Format"/> calls such a text.</summary>
    public const string Format = "mistral-v2";

    public static DefinitionSource Write(string @namespace, string? workbook, string name, JsonMap definition)
    {
        JsonData text = JsonMap.Create(("namespace", @namespace), ("workbook", workbook), ("name", name), ("definition", definition));
        return new(Format, text.ToString());
    }

    public static StoredWorkflow Read(string text)
    {
        var data = JsonData.Parse(text);
        return new(
            data["namespace"].AsString(),
            data["workbook"].IsNull ? null : data["workbook"].AsString(),
            data["name"].AsString(),
            data["definition"].AsObject());
    }
}
