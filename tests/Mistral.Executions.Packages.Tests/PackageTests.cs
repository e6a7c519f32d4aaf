using System.IO.Compression;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace Mistral.Executions.Packages.Tests;

/// <summary>Packs what was built, and uses the packages from a folder as a project elsewhere would.</summary>
public sealed class PackageTests
{
    private const string Tool = "Mistral.Executions.Cli";

    private static readonly string[] Packages = ["Mistral.Executions", "Mistral.Executions.Hosting", "Mistral.Executions.Language", "Mistral.Executions.Testing"];

    private static readonly string[] ExpectedOutput =
    [
        """C#: Success {"greeting":{"text":"ADA"}}""",
        """YAML: Success {"result":"HELLO!","length":5}""",
        "Explained: True",
        "Ended: 3",
        "Left: 2",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("mistral-packages-").FullName;
    private string _version = "";

    private string Feed => Path.Combine(_folder, "feed");

    private static string Configuration => typeof(PackageTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        foreach (var package in Packages.Append(Tool))
        {
            var (exitCode, output) = await CommandLine.RunAsync(
                Root(), new Dictionary<string, string>(), "dotnet", "pack", $"src/{package}", "--no-build", "--configuration", Configuration, "--output", Feed, "-nologo");
            exitCode.Should().Be(0, output);
            output.Should().NotContain("warning NU");
        }

        var name = Path.GetFileNameWithoutExtension(Directory.GetFiles(Feed, "Mistral.Executions.Language.*.nupkg").Single());
        _version = name["Mistral.Executions.Language.".Length..];
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Packages))]
    public void A_package_has_what_one_looks_for(string package)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(Feed, $"{package}.{_version}.nupkg"));

        var files = archive.Entries.Select(e => e.FullName).ToList();
        files.Should().Contain(["README.md", "icon.png", $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml"]);
        var metadata = Specification(archive);
        Value(metadata, "license").Should().Be("Apache-2.0");
        Value(metadata, "readme").Should().Be("README.md");
        Value(metadata, "icon").Should().Be("icon.png");
        Value(metadata, "description").Should().NotBeNullOrWhiteSpace();
        Value(metadata, "tags").Should().Contain("mistral");
    }

    [TestCaseSource(nameof(Packages))]
    public void A_package_has_its_symbols_beside_it(string package)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(Feed, $"{package}.{_version}.snupkg"));

        archive.Entries.Select(e => e.FullName).Should().Contain($"lib/net10.0/{package}.pdb");
    }

    [Test]
    public void The_engine_depends_on_few_packages()
    {
        using var archive = ZipFile.OpenRead(Path.Combine(Feed, $"Mistral.Executions.{_version}.nupkg"));

        Specification(archive).Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value).Should().BeEquivalentTo(
            ["Dapper", "Microsoft.Data.Sqlite", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions"]);
    }

    [Test]
    public async Task The_command_line_is_installed_as_a_tool()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "tool")).FullName;
        var (installed, output) = await CommandLine.RunAsync(
            folder, OwnPackages(), "dotnet", "tool", "install", Tool, "--tool-path", "bin", "--version", _version, "--source", Feed);
        installed.Should().Be(0, output);

        var (exitCode, help) = await CommandLine.RunAsync(folder, OwnPackages(), Path.Combine(folder, "bin", "mistral"), "--help");

        exitCode.Should().Be(0);
        help.Should().Contain("explain").And.Contain("doctor");
    }

    [Test]
    public async Task A_project_that_references_the_packages_builds_and_runs()
    {
        var warnings = await BuildAsync("plain", "build", "--output", "out");

        warnings.Should().BeEmpty();
        (await RunAsync("plain")).Should().Equal(ExpectedOutput);
    }

    [Test]
    public async Task It_can_be_trimmed()
    {
        var warnings = await BuildAsync("trimmed", "publish", "--output", "out", "--self-contained", "--runtime", RuntimeInformation.RuntimeIdentifier, "-p:PublishTrimmed=true");

        warnings.Should().OnlyContain(w => IsOfOthers(w));
        (await RunAsync("trimmed")).Should().Equal(ExpectedOutput);
    }

    [Test]
    public async Task It_can_be_compiled_ahead_of_time()
    {
        if (!HasLinker())
        {
            Assert.Ignore("Native code needs a C compiler to link it, and there is none on this machine.");
        }

        var warnings = await BuildAsync("native", "publish", "--output", "out", "--runtime", RuntimeInformation.RuntimeIdentifier, "-p:PublishAot=true");

        warnings.Should().OnlyContain(w => IsOfOthers(w));
        (await RunAsync("native")).Should().Equal(ExpectedOutput);
    }

    // Dapper says that it can emit code at run time; the engine uses it in a way that does not.
    private static bool IsOfOthers(string warning) =>
        warning.Contains("Assembly 'Dapper' produced", StringComparison.Ordinal) || warning.Contains("Assembly 'YamlDotNet' produced", StringComparison.Ordinal);

    private static bool HasLinker() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));

    // All packages go into a folder of their own, so that none of an earlier build is taken for the one that is tested.
    private Dictionary<string, string> OwnPackages() => new() { ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages") };

    private async Task<IReadOnlyList<string>> BuildAsync(string name, params string[] arguments)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Consumer")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var (exitCode, output) = await CommandLine.RunAsync(
            folder, OwnPackages(), "dotnet",
            [
                .. arguments, "--configuration", "Release", "-nologo", $"-p:MistralVersion={_version}",
                $"-p:RestoreAdditionalProjectSources={Feed}",
            ]);
        exitCode.Should().Be(0, output);
        return [.. output.Split('\n').Where(l => l.Contains("warning ", StringComparison.Ordinal)).Distinct()];
    }

    private async Task<IReadOnlyList<string>> RunAsync(string name)
    {
        var folder = Path.Combine(_folder, name);
        var (exitCode, output) = await CommandLine.RunAsync(folder, new Dictionary<string, string>(), Path.Combine(folder, "out", "Consumer"));
        exitCode.Should().Be(0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static XElement Specification(ZipArchive archive)
    {
        using var stream = archive.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Root!;
    }

    private static string? Value(XElement specification, string name) => specification.Descendants().SingleOrDefault(e => e.Name.LocalName == name)?.Value;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mistral.Executions.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
