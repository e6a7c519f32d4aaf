namespace Mistral.Executions;

/// <summary>An expression that gives an object whose members have fixed names.</summary>
internal interface INamedMembers
{
    IEnumerable<string> Names { get; }
}
