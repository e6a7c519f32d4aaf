using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Python's <c>maketrans</c> and <c>translate</c>: characters replaced by a table.</summary>
internal static class StringTranslation
{
    internal static PythonDictionary MakeTable(object?[] arguments, EvaluationBudget budget)
    {
        var table = new PythonDictionary(isFrozen: false, budget);
        if (arguments is [PythonDictionary given])
        {
            for (var i = 0; i < given.Count; i++)
            {
                var (key, value) = given.At(i);
                table.Set(JinjaText.TryGet(key) is { } character ? CodePoint(character) : key, value, budget);
            }

            return table;
        }

        if (arguments.Length is < 2 or > 3)
        {
            throw PythonErrorException.Type("maketrans() takes a dict, or two or three texts");
        }

        var (from, to) = (PythonText.Characters(JinjaText.Require(arguments[0]), budget), PythonText.Characters(JinjaText.Require(arguments[1]), budget));
        if (from.Count != to.Count)
        {
            throw PythonErrorException.Value("the first two maketrans arguments must have equal length");
        }

        for (var i = 0; i < from.Count; i++)
        {
            table.Set(CodePoint(from[i]), CodePoint(to[i]), budget);
        }

        foreach (var character in arguments.Length == 3 ? PythonText.Characters(JinjaText.Require(arguments[2]), budget) : [])
        {
            table.Set(CodePoint(character), null, budget);
        }

        return table;
    }

    internal static string Translate(string text, object? table, EvaluationBudget budget)
    {
        var dictionary = table as PythonDictionary ?? throw JinjaText.Mismatch(table, "a dict");
        var result = new StringBuilder(text.Length);
        foreach (var character in PythonText.Characters(text, budget))
        {
            budget.Step();
            var replacement = dictionary.TryGet(CodePoint(character), out var found, budget)
                ? found switch
                {
                    null => string.Empty,
                    long point when Rune.IsValid((int)Math.Clamp(point, -1, int.MaxValue)) => new Rune((int)point).ToString(),
                    _ => JinjaText.Require(found),
                }
                : character;
            budget.Allocate(replacement.Length);
            result.Append(replacement);
        }

        return result.ToString();
    }

    private static object CodePoint(string character) => PythonText.Length(character) == 1
        ? PythonOperations.Box(character.Length == 2 ? char.ConvertToUtf32(character, 0) : character[0])
        : throw PythonErrorException.Value("string keys in translate table must be of length 1");
}
