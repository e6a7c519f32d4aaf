namespace Mistral.Executions.Language.Jinja;

/// <summary>An expression changes data that only read from JSON: it has to be evaluated again over copies.</summary>
internal sealed class ThawedDataRequiredException : Exception;
