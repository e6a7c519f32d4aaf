using Mistral.Executions.Language.Yaml;

namespace Mistral.Executions.Language;

/// <summary>
/// Reads documents of the Mistral workflow language v2: workflows, workbooks and ad-hoc actions. See "Mistral Workflow
/// Language v2" in Mistral's documentation.
/// </summary>
/// <remarks>
/// A document with <c>name</c> beside <c>workflows</c> or <c>actions</c> is a workbook, and what it defines is called
/// <c>workbook.name</c>; one whose members have a <c>base</c> defines ad-hoc actions; all others define workflows.
/// </remarks>
public static class MistralLanguage
{
    internal const string Version = "2.0";

    /// <summary>Reads a document.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The file it came from, for the places of faults.</param>
    /// <param name="namespace">The namespace of all that it defines; empty for none.</param>
    /// <param name="limits">How large it may be.</param>
    /// <returns>What it defines.</returns>
    /// <exception cref="DefinitionException">The document is wrong; with all faults that were found.</exception>
    public static LanguageDocument Read(string text, string? file = null, string @namespace = "", LanguageLimits? limits = null) =>
        Read(text, null, file, @namespace, limits);

    /// <summary>Reads all files that a pattern names.</summary>
    /// <param name="fileOrGlob">A file, or a pattern: <c>*</c> and <c>?</c> stand for characters of a name, <c>**</c> for any folders.</param>
    /// <param name="namespace">The namespace of all that the files define; empty for none.</param>
    /// <param name="limits">How large each may be.</param>
    /// <returns>A document a file, in the order of the files' names.</returns>
    /// <exception cref="FileNotFoundException">No file has that name or fits that pattern.</exception>
    /// <exception cref="DefinitionException">Files are wrong; with the faults of all of them.</exception>
    public static IReadOnlyList<LanguageDocument> ReadFiles(string fileOrGlob, string @namespace = "", LanguageLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileOrGlob);
        var documents = new List<LanguageDocument>();
        var faults = new List<DefinitionFault>();
        foreach (var file in FilePattern.Find(fileOrGlob))
        {
            try
            {
                documents.Add(Read(File.ReadAllText(file), file, @namespace, limits));
            }
            catch (DefinitionException exception)
            {
                faults.AddRange(exception.Faults);
            }
        }

        return faults.Count == 0 ? documents : throw new DefinitionException(faults);
    }

    /// <summary>Reads a document that must be of one kind; of that which it looks like when <paramref name="kind"/> is <see langword="null"/>.</summary>
    internal static LanguageDocument Read(string text, DocumentKind? kind, string? file = null, string @namespace = "", LanguageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(@namespace);
        limits ??= LanguageLimits.Default;
        var faults = new DocumentFaults(file, limits.MaximumFaults);
        var top = DocumentNodeReader.Read(text, limits, faults);
        return new DocumentReader(new(text, faults), @namespace).Read(top, kind);
    }

    /// <summary>Reads a workflow again from the text that was kept of it (<see cref="DefinitionSource.Text"/>).</summary>
    /// <exception cref="DefinitionException">The text is of a later version that this one does not understand.</exception>
    internal static WorkflowDefinition ReadStored(string text)
    {
        var stored = StoredWorkflow.Read(text);
        var faults = new DocumentFaults(null, LanguageLimits.Default.MaximumFaults);
        var context = new ReadingContext("", faults) { Workflow = stored.Name };
        var element = new DocumentElement(DocumentNode.From(stored.Definition, default), DocumentPath.Top.Member(stored.Name));
        var workflow = new WorkflowReader(context, stored.Namespace, stored.Workbook).Read(stored.Name, element);
        faults.ThrowIfAny();
        return WorkflowDefinition.Create(workflow!.Content);
    }
}
