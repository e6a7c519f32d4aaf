namespace Mistral.Executions.Model;

/// <summary>A route: to a task or an engine command, with a guard that holds or does not.</summary>
internal sealed record ModelRoute(RouteKind Kind, string Target, bool Guard = true)
{
    public override string ToString() => $"{Kind}{(Guard ? "" : "(never)")}->{Target}";
}
