using Mistral.Executions.Language.Yaml;

namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>The definitions of the recorded and generated runs of Mistral, where that data is at hand.</summary>
public sealed class ConformanceDefinitionTests
{
    [Test]
    public void Every_definition_that_mistral_takes_is_read_and_reads_the_same_again_from_its_stored_text()
    {
        var refused = new List<string>();
        foreach (var (name, kind, text, _) in Definitions().Where(d => !d.Raises))
        {
            try
            {
                var document = MistralLanguage.Read(text, kind);
                foreach (var workflow in document.Workflows)
                {
                    var again = MistralLanguage.ReadStored(workflow.Content.Source!.Text);
                    again.Hash.Should().Be(workflow.Hash);
                    again.Specification.ToString().Should().Be(workflow.Specification.ToString());
                }

                MistralLanguage.Read(text).Workbook.Should().Be(document.Workbook, "the kind of {0} can be seen", name);
            }
            catch (DefinitionException exception)
            {
                refused.Add($"{name}: {exception.Message}");
            }
        }

        refused.Should().BeEmpty();
    }

    [Test]
    public void Every_definition_that_mistral_refuses_is_refused_with_a_place()
    {
        foreach (var (name, kind, text, _) in Definitions().Where(d => d.Raises))
        {
            var read = () => MistralLanguage.Read(text, kind);
            read.Should().Throw<DefinitionException>(name).Which.Faults.Should().OnlyContain(f => f.Line > 0 && f.Path != null, name);
        }
    }

    private static List<(string Name, DocumentKind Kind, string Text, bool Raises)> Definitions()
    {
        var found = new List<(string, DocumentKind, string, bool)>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder(), "scenarios"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (var step in JsonData.Parse(File.ReadAllBytes(file))["steps"].AsArray())
            {
                DocumentKind? kind = step["op"].AsString() switch
                {
                    "define_workflows" or "update_workflows" => DocumentKind.Workflows,
                    "define_workbook" or "update_workbook" => DocumentKind.Workbook,
                    "define_actions" or "update_actions" => DocumentKind.Actions,
                    _ => null,
                };
                if (kind is not null)
                {
                    found.Add((Path.GetFileName(file), kind.Value, step["definition"].AsString(), !step["raises"].IsNull));
                }
            }
        }

        found.Should().NotBeEmpty();
        return found;
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("MISTRAL_CONFORMANCE") is { Length: > 0 } given)
        {
            return given;
        }

        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "..", "shared", "conformance");
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        Assert.Ignore("Not run: there is no conformance data beside this repository.");
        return "";
    }
}
