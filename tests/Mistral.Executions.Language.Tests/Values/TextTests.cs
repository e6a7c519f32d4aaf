using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Tests.Values;

public sealed class TextTests
{
    private readonly EvaluationBudget _budget = new();

    [Test]
    public void Places_are_counted_in_code_points()
    {
        PythonText.Length("a😀b").Should().Be(3);
        PythonOperations.Index("a😀b", 1L, _budget).Should().Be("😀");
        PythonOperations.Index("a😀b", -1L, _budget).Should().Be("b");
        PythonOperations.Slice("a😀b", null, null, -1L, _budget).Should().Be("b😀a");
        PythonText.Find("a😀b", "b", 0, int.MaxValue).Should().Be(2);
    }

    [TestCase("a,b,,c", ",", -1, "a|b||c")]
    [TestCase("a,b,,c", ",", 1, "a|b,,c")]
    [TestCase("  a  b ", null, -1, "a|b")]
    [TestCase("  a  b ", null, 1, "a|b ")]
    [TestCase("  a  b ", null, 0, "a  b ")]
    [TestCase("", null, -1, "")]
    public void A_text_is_split_from_the_left(string text, string? separator, int maximum, string parts) =>
        Joined(PythonText.Split(text, separator, maximum, _budget)).Should().Be(parts);

    [TestCase("a,b,,c", ",", 1, "a,b,|c")]
    [TestCase(" a  b ", null, 1, " a|b")]
    [TestCase(" a  b ", null, 0, " a  b")]
    public void A_text_is_split_from_the_right(string text, string? separator, int maximum, string parts) =>
        Joined(PythonText.SplitFromEnd(text, separator, maximum, _budget)).Should().Be(parts);

    [Test]
    public void An_empty_separator_is_an_error()
    {
        var split = () => PythonText.Split("abc", string.Empty, -1, _budget);
        split.Should().Throw<PythonErrorException>().Which.Kind.Should().Be("ValueError");
    }

    [TestCase("aaa", "a", "b", 2, "bba")]
    [TestCase("ab", "", "-", -1, "-a-b-")]
    [TestCase("ab", "", "-", 2, "-a-b")]
    [TestCase("a😀", "", "-", -1, "-a-😀-")]
    public void A_part_is_replaced(string text, string old, string replacement, int count, string result) =>
        PythonText.Replace(text, old, replacement, count, _budget).Should().Be(result);

    [TestCase("it's", "\"it's\"")]
    [TestCase("a\"b'c", "'a\"b\\'c'")]
    [TestCase("a\n\t\\\u0000é\u200b😀", "'a\\n\\t\\\\\\x00é\\u200b😀'")]
    public void A_text_inside_another_value_is_quoted_as_python_quotes(string text, string quoted) =>
        PythonOperations.Represent(text, _budget).Should().Be(quoted);

    [Test]
    public void Values_print_as_python_prints_them()
    {
        var dictionary = new PythonDictionary(isFrozen: true, _budget);
        dictionary.Set("a", PythonList.Tuple(1L), _budget);
        dictionary.Set(null, PythonList.List(true, 1.5, "x"), _budget);
        PythonOperations.ToText(dictionary, _budget).Should().Be("{'a': (1,), None: [True, 1.5, 'x']}");
        PythonOperations.ToText(new PythonSet(true, _budget), _budget).Should().Be("frozenset()");
        PythonOperations.ToText(new PythonTimeSpan(-1), _budget).Should().Be("-1 day, 23:59:59.999999");
    }

    [Test]
    public void Capitals_of_some_letters_are_several()
    {
        PythonText.ToUpper("straße ﬁ").Should().Be("STRASSE FI");
        PythonText.ToLower("ÄÉ").Should().Be("äé");
    }

    [TestCase("ı ſ ΐ ᾳ ᾼ ﬓ", "I S Ι\u0308\u0301 ΑΙ ΑΙ ՄՆ")]
    [TestCase("𐐨", "𐐀")]
    public void Every_letter_has_the_capitals_that_unicode_gives_it(string text, string capitals) =>
        PythonText.ToUpper(text).Should().Be(capitals);

    [TestCase("ΣΑΣ ΑΣ'Β ΑΣ.", "σας ασ'β ας.")]
    [TestCase("İ𐐀", "i\u0307𐐨")]
    [TestCase("Σ", "σ")]
    public void A_sigma_at_the_end_of_a_word_has_its_own_small_letter(string text, string letters) =>
        PythonText.ToLower(text).Should().Be(letters);

    [TestCase("ẞSSſς", "sssssσ")]
    [TestCase("ıꭰᏸ𐐀", "ıᎠᏰ𐐨")]
    public void Folded_texts_differ_only_where_their_letters_do(string text, string folded) => PythonText.Fold(text).Should().Be(folded);

    [TestCase("ǆ", "ǅ")]
    [TestCase("ŉ", "ʼN")]
    [TestCase("ᾷ", "Α\u0342\u0345")]
    [TestCase("ᾳ", "ᾼ")]
    [TestCase("ﬁ", "Fi")]
    [TestCase("ბ", "ბ")]
    public void A_letter_at_the_head_of_a_word_has_one_capital(string letter, string head) => PythonText.ToTitle(letter).Should().Be(head);

    private static string Joined(PythonList parts) => string.Join('|', Enumerable.Range(0, parts.Count).Select(i => parts[i]));
}
