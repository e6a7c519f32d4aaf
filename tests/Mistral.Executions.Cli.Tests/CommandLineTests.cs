using System.Text.RegularExpressions;

namespace Mistral.Executions.Cli.Tests;

/// <summary>Help, wrong command lines, and completions.</summary>
public sealed class CommandLineTests
{
    [Test]
    public async Task The_help_names_every_command_and_exit_code()
    {
        await using var bench = new ToolBench();

        var help = await bench.CallAsync("--help");

        help.Code.Should().Be(0);
        foreach (var (code, meaning) in ExitCodes.All)
        {
            help.Text.Should().MatchRegex($"{code} +{Regex.Escape(meaning)}");
        }

        (await bench.CallAsync()).Text.Should().Be(help.Text);
        foreach (var command in CommandsOf(help.Text))
        {
            var ofCommand = await bench.CallAsync(command, "--help");
            ofCommand.Code.Should().Be(0, "of {0}", command);
            ofCommand.Text.Should().Contain($"mistral {command}").And.Contain("Options").And.Contain("Examples");
        }

        CommandsOf(help.Text).Should().HaveCount(17);
    }

    [Test]
    public async Task Wrong_command_lines_are_refused_with_what_is_wrong()
    {
        await using var bench = new ToolBench();

        (await bench.CallAsync("lisst")).Should().Match<ToolAnswer>(a => a.Code == 2 && a.Text.Contains("lisst") && a.Text.Contains("mistral --help"));
        (await bench.CallAsync("show")).Should().Match<ToolAnswer>(a => a.Code == 2 && a.Text.Contains("mistral show --help"));
        (await bench.CallAsync("list", "--state", "BROKEN")).Code.Should().Be(2);
        (await bench.CallAsync("list", "--since", "soon")).Should().Match<ToolAnswer>(a => a.Code == 2 && a.Text.Contains("'soon' is not a duration"));
        (await bench.CallAsync("purge", "--max-size", "big")).Should().Match<ToolAnswer>(a => a.Code == 2 && a.Text.Contains("'big' is not a size"));
        (await bench.CallAsync("show", "one", "--limit", "0")).Code.Should().Be(2);
    }

    [Test]
    public async Task Shells_complete_commands_options_and_ids()
    {
        await using var bench = new ToolBench();
        await bench.OpenAsync();
        await bench.RunAsync("works", "order-1");

        (await bench.CallAsync("[suggest:10]", "mistral sh")).Output.Should().Contain("show").And.NotContain("list");
        (await bench.CallAsync("[suggest:22]", "mistral list --state E")).Output.Should().Contain("ERROR");
        (await bench.CallAsync("[suggest:13]", "mistral show ")).Output.Should().Contain("order-1");
        foreach (var shell in new[] { "bash", "zsh", "fish" })
        {
            (await bench.CallAsync("completions", shell)).Output.Should().Contain("[suggest:");
        }

        (await bench.CallAsync("completions", "cmd")).Code.Should().Be(2);
    }

    private static List<string> CommandsOf(string help) =>
        [.. help[help.IndexOf("Commands", StringComparison.Ordinal)..help.IndexOf("Options", StringComparison.Ordinal)]
            .Split('\n').Skip(1).Where(l => l.StartsWith("  ", StringComparison.Ordinal)).Select(l => l.Trim().Split(' ')[0])];
}
