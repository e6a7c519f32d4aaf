using System.CommandLine;

namespace Mistral.Executions.Cli.Commands;

/// <summary><c>mistral completions</c></summary>
internal static class CompletionsCommand
{
    private const string Bash = """
        _mistral_complete()
        {
            local IFS=$'\n'
            COMPREPLY=( $(compgen -W "$(mistral "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
            [ ${#COMPREPLY[@]} -eq 0 ] && compopt -o default
        }
        complete -F _mistral_complete mistral
        """;

    private const string Zsh = """
        _mistral_complete()
        {
            local -a completions
            completions=("${(@f)$(mistral "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -a completions || _files
        }
        compdef _mistral_complete mistral
        """;

    private const string Fish = """
        complete -c mistral -a '(mistral "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
        """;

    public static Command Create(ToolHost host)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completions", "Writes a script with which a shell completes commands, options and ids.") { shell };
        command.SetAction(parsed =>
        {
            host.Output.WriteLine(parsed.GetValue(shell) switch { "zsh" => Zsh, "fish" => Fish, _ => Bash });
            return ExitCodes.Done;
        });
        return command;
    }
}
