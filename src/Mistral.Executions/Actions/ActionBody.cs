namespace Mistral.Executions.Actions;

/// <summary>Does the work of an action, outside of every decision, and gives a result that fits the limit.</summary>
internal delegate ValueTask<JsonData> ActionBody(JsonMap input, ActionContext context, int outputBytes);
