using Spectre.Console;

namespace Mistral.Executions.Cli;

/// <summary>What the commands reach the world through.</summary>
/// <param name="Console">Where people read.</param>
/// <param name="Output">Where programs read: JSON, diagrams and completions, as they are.</param>
/// <param name="Time">The clock.</param>
/// <param name="DefaultStore">The store, where the command line names none.</param>
internal sealed record ToolHost(IAnsiConsole Console, TextWriter Output, TimeProvider Time, string? DefaultStore);
