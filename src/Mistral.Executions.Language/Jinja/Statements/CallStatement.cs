using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Jinja;

/// <summary><c>call macro()</c> up to <c>endcall</c>: the body becomes the macro's <c>caller</c>.</summary>
internal sealed class CallStatement(CallNode call, MacroDefinition caller) : JinjaStatement
{
    internal override void Render(JinjaScope scope, JinjaOutput output)
    {
        var result = call.EvaluateWithCaller(scope, new Macro(caller, scope));
        output.Write(JinjaText.TryGet(result)
            ?? throw PythonErrorException.Type($"what is called with a body must give a text, not a value of type '{PythonOperations.TypeName(result)}'"));
    }
}
