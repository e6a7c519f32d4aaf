using System.Text;
using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary>Filters that lay texts out in lines.</summary>
internal static class LayoutFilters
{
    internal static IEnumerable<JinjaFunction> All { get; } =
    [
        JinjaFunction.Of("center", "value, width=80", static (scope, a) =>
        {
            var text = TextFilters.Soft(a[0], scope.Budget);
            return JinjaText.Like(text, StringPadding.Center(JinjaText.TryGet(text)!, JinjaText.RequireInteger(a[1]), " ", scope.Budget));
        }),
        JinjaFunction.Of("indent", "s, width=4, first=False, blank=False", Indent),
        JinjaFunction.Of("wordwrap", "s, width=79, break_long_words=True, wrapstring=None, break_on_hyphens=True", Wrap),
    ];

    private static object? Indent(JinjaScope scope, object?[] arguments)
    {
        var text = JinjaText.Require(arguments[0]);
        var indention = JinjaText.TryGet(arguments[1]) ?? StringPadding.Left(string.Empty, JinjaText.RequireInteger(arguments[1]), " ", scope.Budget);
        if (arguments[0] is JinjaMarkup && arguments[1] is string)
        {
            indention = JinjaMarkup.EscapeText(indention, scope.Budget);
        }

        var indentsBlank = PythonOperations.IsTrue(arguments[3]);
        var lines = StringSplitting.Lines(text + "\n", keepsEnds: false, scope.Budget);
        scope.Budget.Allocate((long)lines.Count * indention.Length);
        var result = new StringBuilder(PythonOperations.IsTrue(arguments[2]) ? indention : string.Empty);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = (string)lines[i]!;
            if (i > 0)
            {
                result.Append('\n').Append(line.Length > 0 || indentsBlank ? indention : string.Empty);
            }

            result.Append(line);
        }

        return JinjaText.Like(arguments[0], result.ToString());
    }

    private static object? Wrap(JinjaScope scope, object?[] arguments)
    {
        var width = JinjaText.RequireInteger(arguments[1]);
        var separator = arguments[3] is null ? "\n" : JinjaText.Require(arguments[3]);
        var wrapper = new TextWrapper(width, PythonOperations.IsTrue(arguments[2]), PythonOperations.IsTrue(arguments[4]), scope.Budget);
        var lines = StringSplitting.Lines(JinjaText.Require(arguments[0]), keepsEnds: false, scope.Budget);
        var wrapped = new string[lines.Count];
        for (var i = 0; i < wrapped.Length; i++)
        {
            wrapped[i] = string.Join(separator, wrapper.Wrap((string)lines[i]!));
        }

        scope.Budget.Allocate(wrapped.Sum(w => (long)w.Length + separator.Length));
        return string.Join(separator, wrapped);
    }
}
