namespace Mistral.Executions.Conformance.Expressions;

/// <summary>One expression and what the real Mistral answers.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Language"><c>yaql</c> or <c>jinja</c>.</param>
/// <param name="Group">The function or topic.</param>
/// <param name="IsRecursive">Whether the value is evaluated as Mistral evaluates inputs: without a check before, all strings inside.</param>
/// <param name="Expression">The expression.</param>
/// <param name="Context">The data.</param>
/// <param name="Expected">What it must give.</param>
internal sealed record ExpressionCase(
    string Id, string Language, string Group, bool IsRecursive, JsonData Expression, JsonData Context, JsonMap Expected)
{
    internal static ExpressionCase Parse(string line)
    {
        var json = JsonData.Parse(line);
        return new(
            json["id"].AsString(),
            json["lang"].AsString(),
            json["group"].AsString(),
            json["op"] == "recursive",
            json["expression"],
            json["context"],
            json["expect"].AsObject());
    }

    internal static IEnumerable<ExpressionCase> Read(string file) =>
        File.ReadLines(file).Where(static line => line.Length > 0).Select(Parse);
}
