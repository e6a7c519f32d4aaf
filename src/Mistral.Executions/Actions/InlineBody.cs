namespace Mistral.Executions.Actions;

/// <summary>Does the work of an action that is instant and has no side effects, and gives a result that fits the limit.</summary>
internal delegate JsonData InlineBody(JsonMap input, int outputBytes);
