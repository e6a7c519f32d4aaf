using System.CommandLine;
using System.CommandLine.Help;
using Mistral.Executions.Cli.Commands;
using Mistral.Executions.Cli.Rendering;
using Spectre.Console;

namespace Mistral.Executions.Cli;

/// <summary>The command line: parses it, runs the command, and says what went wrong.</summary>
internal static class MistralTool
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, ToolHost host, CancellationToken cancellationToken)
    {
        // A value such as @input.json is a value, not a file of further arguments.
        var parsed = Create(host).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is not (HelpView or null) && parsed.Errors.Count > 0 && !arguments.Any(a => a.StartsWith('[')))
        {
            foreach (var error in parsed.Errors)
            {
                Fail(host, error.Message);
            }

            var command = parsed.CommandResult.Command is RootCommand ? "mistral" : $"mistral {parsed.CommandResult.Command.Name}";
            host.Console.MarkupLine($"[grey]See[/] {command.EscapeMarkup()} --help");
            return ExitCodes.WrongUsage;
        }

        try
        {
            var configuration = new InvocationConfiguration { Output = host.Output, Error = host.Output, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (UsageException exception)
        {
            return Fail(host, exception.Message, ExitCodes.WrongUsage);
        }
        catch (ExecutionNotFoundException exception)
        {
            return Fail(host, exception.Message, ExitCodes.NotFound);
        }
        catch (StoreException exception)
        {
            return Fail(host, exception.Message, ExitCodes.StoreUnusable);
        }
        catch (Exception exception) when (exception is ExecutionException or IOException or UnauthorizedAccessException)
        {
            return Fail(host, exception.Message, ExitCodes.No);
        }
    }

    private static RootCommand Create(ToolHost host)
    {
        var shared = new SharedOptions(host);
        var root = new RootCommand("Looks into the store of Mistral.Executions, and asks its engines for changes.")
        {
            ListCommand.Create(host, shared),
            ShowCommand.Create(host, shared),
            WatchCommand.Create(host, shared),
            ExplainCommand.Create(host, shared),
            HistoryCommand.Create(host, shared),
            DiagramCommand.Create(host, shared),
            VerbCommands.Pause(host, shared),
            VerbCommands.Resume(host, shared),
            VerbCommands.Cancel(host, shared),
            VerbCommands.Rerun(host, shared),
            VerbCommands.Skip(host, shared),
            PurgeCommand.Create(host, shared),
            BackupCommand.Create(host, shared),
            DoctorCommand.Create(host, shared),
            ValidateCommand.Create(host, shared),
            RunCommand.Create(host, shared),
            CompletionsCommand.Create(host),
        };
        root.Options.Add(shared.Store);
        root.Options.Add(shared.Json);
        var help = root.Options.OfType<HelpOption>().Single();
        (help.Action, help.Description) = (new HelpView(host.Console), "Shows this help");
        root.Options.OfType<VersionOption>().Single().Description = "Shows the version";
        root.SetAction(_ =>
        {
            new HelpView(host.Console).Show(root);
            return ExitCodes.Done;
        });
        return root;
    }

    private static int Fail(ToolHost host, string message, int code = ExitCodes.WrongUsage)
    {
        host.Console.MarkupLine($"[red]{message.EscapeMarkup()}[/]");
        return code;
    }
}
