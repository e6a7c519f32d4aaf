namespace Mistral.Executions.Tests.Secrets;

public sealed class SecretNamesTests
{
    [TestCase("password", "Password", true)]
    [TestCase("password", "passwords", false)]
    [TestCase("*password*", "db_PASSWORD_old", true)]
    [TestCase("*password*", "password", true)]
    [TestCase("*password*", "pass-word", false)]
    [TestCase("*token", "api_token", true)]
    [TestCase("*token", "token_age", false)]
    [TestCase("token*", "token_age", true)]
    [TestCase("api*key", "api-private-KEY", true)]
    [TestCase("api*key", "apikey", true)]
    [TestCase("api*key", "apike", false)]
    [TestCase("ab*ba", "aba", false)]
    [TestCase("a*b*c", "a-c-b", false)]
    [TestCase("a**c", "abc", true)]
    [TestCase("a.c", "abc", false)]
    [TestCase("a?c", "abc", false)]
    public void A_star_stands_for_any_characters_and_nothing_else_does(string pattern, string name, bool fits) =>
        SecretNames.None.With([pattern]).Contains(name).Should().Be(fits);

    [TestCase("")]
    [TestCase("*")]
    [TestCase("**")]
    [TestCase(null)]
    public void A_pattern_that_is_nothing_or_everything_is_refused(string? pattern) =>
        FluentActions.Invoking(() => new ExecutionEngineOptions("x.db").AddSecretNames(pattern!)).Should().Throw<ArgumentException>();

    [Test]
    public void Patterns_add_up() =>
        SecretNames.None.With(["a"]).With(["b"]).Contains("a").Should().BeTrue();
}
