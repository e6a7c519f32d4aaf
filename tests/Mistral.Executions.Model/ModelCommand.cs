namespace Mistral.Executions.Model;

/// <summary>A route that is taken.</summary>
internal sealed record ModelCommand(int Trigger, RouteKind Kind, string Target)
{
    public bool ChangesState => Target is EngineCommands.Fail or EngineCommands.Succeed or EngineCommands.Pause;
}
