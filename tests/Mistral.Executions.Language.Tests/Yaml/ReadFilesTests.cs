namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>Files and patterns of files.</summary>
public sealed class ReadFilesTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFiles()
    {
        _folder = Directory.CreateTempSubdirectory("mistral-language-").FullName;
        foreach (var name in new[] { "b.yaml", "a.yaml", "c.txt", "sub/d.yaml", "sub/deep/e.yaml" })
        {
            var file = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, $"version: '2.0'\n{Path.GetFileNameWithoutExtension(name)}: {{tasks: {{t: {{action: std.noop}}}}}}");
        }
    }

    [TearDown]
    public void DeleteFiles() => Directory.Delete(_folder, recursive: true);

    [TestCase("a.yaml", "a")]
    [TestCase("*.yaml", "a,b")]
    [TestCase("?.*", "a,b,c")]
    [TestCase("*/*.yaml", "d")]
    [TestCase("sub/*.yaml", "d")]
    [TestCase("**/*.yaml", "a,b,d,e")]
    [TestCase("sub/**/e.yaml", "e")]
    public void A_pattern_names_files_which_are_read_in_the_order_of_their_names(string pattern, string workflows) =>
        MistralLanguage.ReadFiles(Path.Combine(_folder, pattern), "ns").SelectMany(d => d.Workflows).Select(w => w.Name).Should().Equal(workflows.Split(','));

    [TestCase("none.yaml")]
    [TestCase("*.yml")]
    [TestCase("none/*.yaml")]
    public void A_pattern_that_names_no_file_is_an_error(string pattern)
    {
        var read = () => MistralLanguage.ReadFiles(Path.Combine(_folder, pattern));
        read.Should().Throw<FileNotFoundException>();
    }

    [TestCase("none.yaml")]
    [TestCase("none/*.yaml")]
    public void A_relative_pattern_that_names_no_file_tells_the_folder_it_was_looked_for_from(string pattern)
    {
        var read = () => MistralLanguage.ReadFiles(pattern);
        read.Should().Throw<FileNotFoundException>().WithMessage($"*'{pattern}', looked for from '{Directory.GetCurrentDirectory()}'.");
    }

    [Test]
    public void The_faults_of_all_files_are_told_together()
    {
        File.WriteAllText(Path.Combine(_folder, "a.yaml"), "version: 1");
        File.WriteAllText(Path.Combine(_folder, "b.yaml"), "[");
        var read = () => MistralLanguage.ReadFiles(Path.Combine(_folder, "*.yaml"));
        read.Should().Throw<DefinitionException>().Which.Faults.Select(f => Path.GetFileName(f.File)).Distinct().Should().Equal("a.yaml", "b.yaml");
    }
}
