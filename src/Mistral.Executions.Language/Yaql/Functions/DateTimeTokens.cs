using System.Text;

namespace Mistral.Executions.Language.Yaql.Functions;

/// <summary>Cuts a time into words, numbers and single characters.</summary>
internal static class DateTimeTokens
{
    internal static List<string> Split(string text)
    {
        var tokens = new List<string>();
        for (var place = 0; place < text.Length;)
        {
            var character = text[place];
            if (char.IsWhiteSpace(character))
            {
                tokens.Add(" ");
                place++;
            }
            else if (char.IsLetter(character))
            {
                place = Word(text, place, tokens);
            }
            else if (char.IsAsciiDigit(character))
            {
                place = Number(text, place, tokens);
            }
            else
            {
                tokens.Add(character.ToString());
                place++;
            }
        }

        return tokens;
    }

    private static int Word(string text, int place, List<string> tokens)
    {
        var start = place;
        while (place < text.Length && (char.IsLetter(text[place]) || (text[place] == '.' && IsLetterAt(text, place + 1))))
        {
            place++;
        }

        AddParts(text[start..place], tokens);
        return place;
    }

    private static int Number(string text, int place, List<string> tokens)
    {
        var start = place;
        while (place < text.Length && (char.IsAsciiDigit(text[place]) || (IsPoint(text, place) && IsDigitAt(text, place + 1))))
        {
            place++;
        }

        var token = text[start..place];
        if (token.Count(static c => c is '.' or ',') > 1)
        {
            AddParts(token, tokens);
        }
        else
        {
            tokens.Add(token.Replace(',', '.'));
        }

        return place;
    }

    // A comma is a decimal point only after the seconds.
    private static bool IsPoint(string text, int place) => text[place] == '.' || (text[place] == ',' && place >= 2 && text[place - 1] is >= '0' and <= '9');

    private static bool IsLetterAt(string text, int place) => place < text.Length && char.IsLetter(text[place]);

    private static bool IsDigitAt(string text, int place) => place < text.Length && char.IsAsciiDigit(text[place]);

    private static void AddParts(string token, List<string> tokens)
    {
        var part = new StringBuilder();
        foreach (var character in token)
        {
            if (character is not ('.' or ','))
            {
                part.Append(character);
                continue;
            }

            if (part.Length > 0)
            {
                tokens.Add(part.ToString());
                part.Clear();
            }

            tokens.Add(character.ToString());
        }

        if (part.Length > 0)
        {
            tokens.Add(part.ToString());
        }
    }
}
