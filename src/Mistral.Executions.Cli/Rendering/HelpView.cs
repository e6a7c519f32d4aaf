using System.CommandLine;
using System.CommandLine.Invocation;
using Spectre.Console;

namespace Mistral.Executions.Cli.Rendering;

/// <summary>The help of a command: what it does, how it is called, its options, examples, and the exit codes.</summary>
internal sealed class HelpView(IAnsiConsole console) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Show(parseResult.CommandResult.Command);
        return ExitCodes.Done;
    }

    public void Show(Command command)
    {
        var isRoot = command is RootCommand;
        console.MarkupLine($"[bold]{command.Description.EscapeMarkup()}[/]");
        console.WriteLine();
        console.MarkupLine($"[grey]Usage[/]  [bold]mistral[/] {Usage(command, isRoot)}");
        if (isRoot)
        {
            Section("Commands", command.Subcommands.Where(c => !c.Hidden).Select(c => ($"[deepskyblue1]{Head(c)}[/]", c.Description)));
        }

        Section("Arguments", command.Arguments.Select(a => ($"[deepskyblue1]{a.Name.EscapeMarkup()}[/]", a.Description)));
        Section("Options", OptionsOf(command).Select(o => ($"[deepskyblue1]{Names(o)}[/]", o.Description)));
        if (Examples.Of(command.Name) is { Count: > 0 } examples)
        {
            console.WriteLine();
            console.MarkupLine("[grey]Examples[/]");
            foreach (var example in examples)
            {
                console.MarkupLine($"  {example.EscapeMarkup()}");
            }
        }

        if (isRoot)
        {
            Section("Exit codes", ExitCodes.All.Select(c => ($"[deepskyblue1]{c.Code}[/]", (string?)c.Meaning)));
        }
    }

    private static string Usage(Command command, bool isRoot) => isRoot
        ? "[grey]<command> [[options]][/]"
        : $"[bold]{command.Name}[/] [grey]{string.Join(' ', command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $"[{a.Name}]" : a.Name).Append("[options]")).EscapeMarkup()}[/]";

    private static string Head(Command command) =>
        string.Join(' ', command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $"[{a.Name}]" : a.Name).Prepend(command.Name)).EscapeMarkup();

    private static IEnumerable<Option> OptionsOf(Command command)
    {
        var inherited = command.Parents.OfType<Command>().SelectMany(p => p.Options).Where(o => o.Recursive);
        return command.Options.Concat(inherited).Where(o => !o.Hidden);
    }

    private static string Names(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(a => a.StartsWith('-')).Append(option.Name).OrderBy(a => a.Length).Where(a => a is not ("-?" or "/?" or "/h")));
        return (option.HelpName is { } value ? $"{names} {value}" : names).EscapeMarkup();
    }

    private void Section(string title, IEnumerable<(string Name, string? Meaning)> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
        {
            return;
        }

        console.WriteLine();
        console.MarkupLine($"[grey]{title}[/]");
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(3)).AddColumn(new GridColumn());
        foreach (var (name, meaning) in all)
        {
            grid.AddRow(new Markup(name), new Text(meaning ?? ""));
        }

        console.Write(grid);
    }
}
