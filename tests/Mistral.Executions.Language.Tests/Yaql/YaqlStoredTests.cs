using static Mistral.Executions.Language.Tests.Yaql.YaqlTest;

namespace Mistral.Executions.Language.Tests.Yaql;

/// <summary>What is written where a value becomes text.</summary>
public sealed class YaqlStoredTests
{
    [TestCase("datetime(33, 2, 1)", "\"33-02-01T00:00:00.000000\"")]
    [TestCase("{datetime(2026, 2, 1) => 1}", "{\"2026-02-01T00:00:00.000000\":1}")]
    public void A_time_is_stored_as_its_text_as_a_key_too(string expression, string json) => Json(expression).Should().Be(json);

    [TestCase("round(7, 123456789012345678901234567890)", "7")]
    [TestCase("round(2.5, 123456789012345678901234567890)", "2.5")]
    [TestCase("round(7, -5000000000)", "0")]
    public void A_number_is_rounded_to_any_number_of_places(string expression, string json) => Json(expression).Should().Be(json);

    [TestCase("yaml_dump({[1, 2] => 3})", "? - 1\n  - 2\n: 3\n")]
    [TestCase("yaml_dump({[1] => [2], [] => {a => 1}})", "[]:\n  a: 1\n? - 1\n: - 2\n")]
    [TestCase("yaml_dump({{a => 1} => {b => 2}})", "? a: 1\n: b: 2\n")]
    public void A_key_of_several_lines_stands_behind_a_question_mark(string expression, string yaml) => Text(expression).Should().Be(yaml);

    [TestCase("yaml_dump('é' * 25)", "\"\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\\n  \\xE9\\xE9\\xE9\\xE9\"\n")]
    [TestCase("yaml_dump('é' * 20 + ' a')", "\"\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\xE9\\\n  \\ a\"\n")]
    public void A_text_of_escapes_is_folded_behind_80_columns(string expression, string yaml) => Text(expression).Should().Be(yaml);
}
