namespace Mistral.Executions.Simulation;

/// <summary>The limits of the engines in a simulation: small ones, so that workflows meet them.</summary>
internal static class Limits
{
    public const int Nesting = 3;
    public const int Items = 8;
    public const int PayloadBytes = 4096;
    public const int Retries = 3;
}
