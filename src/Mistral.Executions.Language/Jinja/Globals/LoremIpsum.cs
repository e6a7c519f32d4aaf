using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Paragraphs of filler text.</summary>
internal static class LoremIpsum
{
    private static readonly string[] Words =
    [
        "ad", "adipiscing", "aliqua", "aliquip", "amet", "anim", "aute", "cillum", "commodo", "consectetur", "consequat",
        "culpa", "cupidatat", "deserunt", "do", "dolor", "dolore", "duis", "ea", "eiusmod", "elit", "enim", "esse", "est",
        "eu", "ex", "excepteur", "exercitation", "fugiat", "id", "in", "incididunt", "ipsum", "irure", "labore", "laboris",
        "laborum", "lorem", "magna", "minim", "mollit", "nisi", "non", "nostrud", "nulla", "occaecat", "officia",
        "pariatur", "proident", "qui", "quis", "reprehenderit", "sed", "sint", "sit", "sunt", "tempor", "ullamco", "ut",
        "velit", "veniam", "voluptate",
    ];

    internal static object? Generate(JinjaScope scope, object?[] arguments)
    {
        var (count, least, most) = (
            JinjaText.RequireInteger(arguments[0]), JinjaText.RequireInteger(arguments[2]), JinjaText.RequireInteger(arguments[3]));
        if (count > 0 && least >= most)
        {
            throw PythonErrorException.Value("the least number of words must be below the greatest");
        }

        var isHtml = PythonOperations.IsTrue(arguments[1]);
        var paragraphs = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var words = least + scope.Evaluation.NextRandom(most - least);
            scope.Budget.Allocate(words * 6L);
            scope.Budget.Handle(words * 64L);
            var paragraph = Paragraph(words, scope.Evaluation);
            paragraphs.Add(isHtml ? $"<p>{paragraph}</p>" : paragraph);
        }

        return isHtml ? new JinjaMarkup(string.Join('\n', paragraphs)) : string.Join("\n\n", paragraphs);
    }

    private static string Paragraph(int words, JinjaEvaluation evaluation)
    {
        const int LongestSentence = 15;
        var text = new StringBuilder();
        var (last, left) = (-1, 0);
        for (var i = 0; i < words; i++)
        {
            var word = evaluation.NextRandom(Words.Length - 1);
            word = word >= last && last >= 0 ? word + 1 : word;
            last = word;
            if (left-- == 0)
            {
                left = evaluation.NextRandom(LongestSentence);
                text.Append(i == 0 ? string.Empty : ". ").Append(StringCases.Capitalize(Words[word]));
            }
            else
            {
                text.Append(' ').Append(Words[word]);
            }
        }

        return text.Append('.').ToString();
    }
}
