using System.Text;

namespace Mistral.Executions.Language.Tests.Yaml;

/// <summary>Whatever a text says, reading it gives a document or its faults.</summary>
public sealed class MutationTests
{
    private static readonly string[] Pieces =
    [
        "version: '2.0'\n", "name: wb\n", "workflows:\n", "actions:\n", "wf:\n", "  tasks:\n", "    t:\n", "      action: std.echo output=<% $.x %> n=[1, 2]\n", "      on-success: [t2: <% $.a %>, fail(msg='x')]\n",
        "      on-error: {publish: {branch: {a: 1}, global: {b: '{{ _.x }}'}}, next: t2}\n", "      with-items: [i in <% $.y %>, j in [1]]\n", "      retry: count=3 delay=<% 1 %>\n", "      join: all\n", "    t2: {requires: t}\n",
        "  task-defaults: {timeout: 3}\n", "  input: [a, b: {c: &x [1]}, d: *x]\n", "  <<: *x\n", "- ", "? ", ": ", "{", "}", "[", "]", "<%", "%>", "{{", "}}", "{%", "%}", "'", "\"", "\\u12", "&a ", "*a ", "!!int ", "|\n", ">-\n", "#", "%YAML 1.1\n", "---\n", "...\n", "\t", "\0", "\ud83d", "\ue000", "~", "1_0", "0x", "1:2:3", ".5e+", "99999999999999999999", "a=", "=", "yes", " ", "\n", "\r\n",
    ];

    [Test]
    public void A_mutated_document_gives_a_document_or_its_faults()
    {
        var watch = new MutationWatch(fewTexts: 5_000);
        var random = new Random(watch.Seed);
        var documents = 0;
        for (var i = 0; i < watch.Count; i++)
        {
            var text = Mutate(random);
            documents += watch.Run(text, () => Read(text));
        }

        watch.Finish();
        documents.Should().BeGreaterThan(100, "some texts must still be documents");
    }

    /// <summary>How many workflows the text has.</summary>
    private static int Read(string text)
    {
        try
        {
            var workflows = MistralLanguage.Read(text).Workflows;
            foreach (var workflow in workflows)
            {
                MistralLanguage.ReadStored(workflow.Content.Source!.Text).Hash.Should().Be(workflow.Hash);
            }

            return workflows.Count;
        }
        catch (DefinitionException exception)
        {
            exception.Faults.All(static f => f.Line > 0 && f.Column > 0 && f.Reason.Length > 0).Should().BeTrue("of {0}", text);
            return 0;
        }
        catch (Exception exception) when (exception is not AssertionException)
        {
            throw new AssertionException($"Reading gave {exception}:\n{text}");
        }
    }

    private static string Mutate(Random random)
    {
        var text = new StringBuilder(random.Next(4) == 0 ? "" : """
            version: '2.0'
            wf:
              input: [a, b: 1]
              vars: {v: &v {x: 1}}
              tasks:
                t:
                  action: std.echo output="<% $.a %>"
                  publish: {p: "{{ _.b }}", q: *v}
                  retry: count=2 delay=1
                  on-success:
                    - t2: <% $.b > 0 %>
                t2:
                  with-items: i in [1, 2]
                  workflow: sub x=<% $.i %>
                  join: all
            """);
        for (var changes = random.Next(1, text.Length == 0 ? 40 : 4); changes > 0; changes--)
        {
            var place = random.Next(text.Length + 1);
            switch (random.Next(4))
            {
                case 0 when place < text.Length:
                    text.Remove(place, Math.Min(random.Next(1, 6), text.Length - place));
                    break;
                case 1 when place < text.Length:
                    text[place] = (char)random.Next(1, 128);
                    break;
                case 2 when place < text.Length:
                    text.Insert(random.Next(text.Length + 1), text.ToString(place, Math.Min(random.Next(1, 30), text.Length - place)));
                    break;
                default:
                    text.Insert(place, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }

        return text.ToString();
    }
}
