using Mistral.Executions.Actions;
using Mistral.Executions.Actions.Standard.Http;

namespace Mistral.Executions.Tests.Actions.Http;

/// <summary>Runs <c>std.http</c> against a stub.</summary>
internal static class HttpBench
{
    public static async Task<ActionResult> RunAsync(StubServer server, string input, HttpActionOptions? options = null) =>
        (await RunAsync("std.http", input, (options ?? new()) with { Handler = server })).Result!;

    public static async Task<ActionRun> RunAsync(string name, string input, HttpActionOptions options, ActionBench? bench = null)
    {
        using var actions = new HttpActions(options);
        var action = actions.Descriptors.Single(descriptor => descriptor.Name == name);
        var parsed = JsonData.Parse(input).AsObject();
        action.CheckInput(parsed).Should().BeNull();
        return await (bench ?? new ActionBench()).RunAsync(action, parsed);
    }
}
