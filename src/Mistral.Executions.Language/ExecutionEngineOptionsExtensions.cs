using Mistral.Executions.Language.Inline;
using Mistral.Executions.Language.Values;
using Mistral.Executions.Language.Yaml;

namespace Mistral.Executions.Language;

/// <summary>Registers what is written in the Mistral workflow language.</summary>
public static class ExecutionEngineOptionsExtensions
{
    /// <summary>Registers the workflows and ad-hoc actions of a file, of all files that fit a pattern, or of a text.</summary>
    /// <param name="options">The options of the engine.</param>
    /// <param name="fileOrGlobOrText">A file, a pattern (see <see cref="MistralLanguage.ReadFiles"/>), or the YAML itself, which is told by its line breaks.</param>
    /// <param name="namespace">The namespace of all that is defined; empty for none.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="DefinitionException">A document is wrong, or something of that name is registered already.</exception>
    /// <exception cref="FileNotFoundException">No file has that name or fits that pattern.</exception>
    public static ExecutionEngineOptions AddWorkflows(this ExecutionEngineOptions options, string fileOrGlobOrText, string @namespace = "")
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(fileOrGlobOrText);
        var documents = fileOrGlobOrText.Contains('\n', StringComparison.Ordinal)
            ? [MistralLanguage.Read(fileOrGlobOrText, file: null, @namespace)]
            : MistralLanguage.ReadFiles(fileOrGlobOrText, @namespace);
        foreach (var document in documents)
        {
            options.AddDocument(document);
        }

        return options;
    }

    /// <summary>Registers the workflows and ad-hoc actions of a document that was read before.</summary>
    /// <param name="options">The options of the engine.</param>
    /// <param name="document">The document.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="DefinitionException">Something of that name is registered already.</exception>
    public static ExecutionEngineOptions AddDocument(this ExecutionEngineOptions options, LanguageDocument document)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(document);
        options.Template = Template;
        options.AddDefinitionReader(StoredWorkflow.Format, static stored => MistralLanguage.ReadStored(stored.Text));
        foreach (var workflow in document.Workflows)
        {
            options.AddWorkflow(workflow);
        }

        foreach (var action in document.Actions)
        {
            options.AddAdHocAction(action);
        }

        return options;
    }

    

    private static IExpression Template(JsonData data)
    {
        try
        {
            return InlineExpression.Compile(data);
        }
        catch (ExpressionSyntaxException exception)
        {
            throw new ExpressionException(data.ToString(), exception.Message, exception);
        }
    }
}
